package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_RW_SESSION;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_SERIAL_SESSION;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ATTRIBUTE_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ATTRIBUTE_TYPE_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_TOKEN_WRITE_PROTECTED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_USER_ALREADY_LOGGED_IN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKS_RO_USER_FUNCTIONS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKS_RW_USER_FUNCTIONS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKU_SO;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKU_USER;

import iaik.pkcs.pkcs11.wrapper.CK_ATTRIBUTE;
import iaik.pkcs.pkcs11.wrapper.CK_MECHANISM;
import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;

import java.util.Arrays;

/**
 * A session with a token, for the control plane. One thread at a time.
 * <p>
 * A login belongs to the process and the token, not to the session: it lasts as long as any session with the token
 * does.
 */
final class TokenSession implements AutoCloseable
{
    private static final int FIND_LIMIT = 512;

    private final PKCS11 pkcs11;
    private final SignFunctions functions;
    private final TokenSlot token;
    private final long handle;
    private boolean closed;

    private TokenSession(final CryptokiModule module, final TokenSlot token, final long handle)
    {
        pkcs11 = module.pkcs11();
        functions = module.signFunctions();
        this.token = token;
        this.handle = handle;
    }

    /**
     * Open a session: for reading and writing, because some tokens have no other, else for reading.
     *
     * @param module of the token.
     * @param token  to talk to.
     * @return the session.
     * @throws TokenException when the token refuses it.
     */
    static TokenSession open(final CryptokiModule module, final TokenSlot token) throws TokenException
    {
        try
        {
            return new TokenSession(module, token, openReadWrite(module.pkcs11(), token.slotId()));
        }
        catch (final PKCS11Exception ex)
        {
            throw failure(token, "C_OpenSession", ex.getErrorCode());
        }
    }

    /** What is called through the wrapper. */
    PKCS11 pkcs11()
    {
        return pkcs11;
    }

    /** What is called directly. */
    SignFunctions functions()
    {
        return functions;
    }

    /** The handle for the functions that are called directly. */
    long handle()
    {
        return handle;
    }

    /** The token at the other end, as it was found. */
    TokenSlot token()
    {
        return token;
    }

    /**
     * Whether the session exists and the user is logged in.
     *
     * @return true when private objects can be found and used.
     * @throws TokenException when the session is gone.
     */
    boolean isUserLoggedIn() throws TokenException
    {
        try
        {
            final long state = pkcs11.C_GetSessionInfo(handle).state;
            return CKS_RO_USER_FUNCTIONS == state || CKS_RW_USER_FUNCTIONS == state;
        }
        catch (final PKCS11Exception ex)
        {
            throw failure("C_GetSessionInfo", ex);
        }
    }

    /**
     * Log the user in, once: a refused PIN is never tried again here.
     *
     * @param pin of the user.
     * @throws TokenException when the PIN is refused or cannot be read.
     */
    void loginUser(final PinSource pin) throws TokenException
    {
        login(CKU_USER, pin);
    }

    /**
     * Log the security officer in, once.
     *
     * @param pin of the security officer.
     * @throws TokenException when the PIN is refused or cannot be read.
     */
    void loginSecurityOfficer(final PinSource pin) throws TokenException
    {
        login(CKU_SO, pin);
    }

    /**
     * Set the user's PIN; the security officer is logged in.
     *
     * @param source of the PIN that the user shall have.
     * @throws TokenException when the token refuses it or it cannot be read.
     */
    void initialiseUserPin(final PinSource source) throws TokenException
    {
        final char[] pin = source.read();
        try
        {
            pkcs11.C_InitPIN(handle, pin, true);
        }
        catch (final PKCS11Exception ex)
        {
            throw refusedPin(token.label(), source, "C_InitPIN", ex.getErrorCode());
        }
        finally
        {
            Arrays.fill(pin, '\0');
        }
    }

    /**
     * All objects that match a template.
     *
     * @param template what the objects must have.
     * @return their handles.
     * @throws TokenException when the token does not search.
     */
    long[] find(final CK_ATTRIBUTE... template) throws TokenException
    {
        try
        {
            pkcs11.C_FindObjectsInit(handle, template, true);
            try
            {
                long[] found = new long[0];
                for (long[] batch = next(); 0 != batch.length; batch = next())
                {
                    final int length = found.length;
                    found = Arrays.copyOf(found, length + batch.length);
                    System.arraycopy(batch, 0, found, length, batch.length);
                }

                return found;
            }
            finally
            {
                pkcs11.C_FindObjectsFinal(handle);
            }
        }
        catch (final PKCS11Exception ex)
        {
            throw failure("C_FindObjects", ex);
        }
    }

    /**
     * One attribute of an object.
     *
     * @param object handle.
     * @param type   a {@code CKA_} value.
     * @return a {@link Boolean}, {@link Long} or byte array, or null when the object has no such attribute or hides it.
     * @throws TokenException when the token does not answer.
     */
    Object attribute(final long object, final long type) throws TokenException
    {
        // The wrapper puts a new attribute into the array.
        final CK_ATTRIBUTE[] attributes = { Attributes.of(type, null) };
        try
        {
            pkcs11.C_GetAttributeValue(handle, object, attributes, true);
            return attributes[0].pValue;
        }
        catch (final PKCS11Exception ex)
        {
            if (CKR_ATTRIBUTE_TYPE_INVALID == ex.getErrorCode() || CKR_ATTRIBUTE_SENSITIVE == ex.getErrorCode())
            {
                return null;
            }

            throw failure("C_GetAttributeValue", ex);
        }
    }

    /**
     * Create an object.
     *
     * @param template of the object; changed to what the token takes.
     * @return its handle.
     * @throws TokenException when the token refuses it.
     */
    long create(final CK_ATTRIBUTE... template) throws TokenException
    {
        try
        {
            return pkcs11.C_CreateObject(handle, token.mechanisms().quirks().adapt(template), true);
        }
        catch (final PKCS11Exception ex)
        {
            throw failure("C_CreateObject", ex);
        }
    }

    /**
     * Generate a key pair.
     *
     * @param mechanism       a {@code CKM_} value without parameter.
     * @param publicTemplate  of the public key; changed to what the token takes.
     * @param privateTemplate of the private key.
     * @return the handles of the public and of the private key.
     * @throws TokenException when the token refuses it.
     */
    long[] generateKeyPair(
        final long mechanism,
        final CK_ATTRIBUTE[] publicTemplate,
        final CK_ATTRIBUTE[] privateTemplate) throws TokenException
    {
        final CK_MECHANISM generation = new CK_MECHANISM();
        generation.mechanism = mechanism;
        try
        {
            return pkcs11.C_GenerateKeyPair(
                handle, generation, token.mechanisms().quirks().adapt(publicTemplate), privateTemplate, true);
        }
        catch (final PKCS11Exception ex)
        {
            throw failure("C_GenerateKeyPair", ex);
        }
    }

    /**
     * Generate a secret key.
     *
     * @param mechanism a {@code CKM_} value without parameter.
     * @param template  of the key.
     * @return its handle.
     * @throws TokenException when the token refuses it.
     */
    long generateKey(final long mechanism, final CK_ATTRIBUTE... template) throws TokenException
    {
        final CK_MECHANISM generation = new CK_MECHANISM();
        generation.mechanism = mechanism;
        try
        {
            return pkcs11.C_GenerateKey(handle, generation, template, true);
        }
        catch (final PKCS11Exception ex)
        {
            throw failure("C_GenerateKey", ex);
        }
    }

    /**
     * Destroy an object.
     *
     * @param object handle.
     * @throws TokenException when the token refuses it.
     */
    void destroy(final long object) throws TokenException
    {
        try
        {
            pkcs11.C_DestroyObject(handle, object);
        }
        catch (final PKCS11Exception ex)
        {
            throw failure("C_DestroyObject", ex);
        }
    }

    /**
     * Close the session; that it may be gone already is no error.
     */
    @Override
    public void close()
    {
        if (!closed)
        {
            closed = true;
            try
            {
                pkcs11.C_CloseSession(handle);
            }
            catch (final PKCS11Exception ex)
            {
                // The token or another part of this process closed it first.
                closed = true;
            }
        }
    }

    private void login(final long userType, final PinSource source) throws TokenException
    {
        final char[] pin = source.read();
        try
        {
            pkcs11.C_Login(handle, userType, pin, true);
        }
        catch (final PKCS11Exception ex)
        {
            if (CKR_USER_ALREADY_LOGGED_IN != ex.getErrorCode())
            {
                throw refusedPin(token.label(), source, "C_Login", ex.getErrorCode());
            }
        }
        finally
        {
            Arrays.fill(pin, '\0');
        }
    }

    private long[] next() throws PKCS11Exception
    {
        return pkcs11.C_FindObjects(handle, FIND_LIMIT);
    }

    private TokenException failure(final String function, final PKCS11Exception cause)
    {
        return failure(token, function, cause.getErrorCode());
    }

    private static long openReadWrite(final PKCS11 pkcs11, final long slotId) throws PKCS11Exception
    {
        try
        {
            return pkcs11.C_OpenSession(slotId, CKF_SERIAL_SESSION | CKF_RW_SESSION, null, null);
        }
        catch (final PKCS11Exception ex)
        {
            if (CKR_TOKEN_WRITE_PROTECTED != ex.getErrorCode())
            {
                throw ex;
            }

            return pkcs11.C_OpenSession(slotId, CKF_SERIAL_SESSION, null, null);
        }
    }

    /**
     * A call failed.
     *
     * @param token       that was asked.
     * @param function    that was called.
     * @param returnValue a {@code CKR_} value.
     * @return what to tell people.
     */
    static TokenException failure(final TokenSlot token, final String function, final long returnValue)
    {
        return new TokenException("token \"" + token.label() + "\": " + function + " gave " +
            ReturnValue.nameOf(returnValue) + (ReturnValue.isTokenLost(returnValue) ?
            ": check that the token is connected and its library is configured" : ""), returnValue);
    }

    private static TokenException refusedPin(
        final String label,
        final PinSource source,
        final String function,
        final long returnValue)
    {
        final String advice = ReturnValue.isPinRefused(returnValue) ?
            ": correct the PIN in " + source + " before another try, repeated tries lock the token" : "";
        return new TokenException(
            "token \"" + label + "\": " + function + " gave " + ReturnValue.nameOf(returnValue) + advice, returnValue);
    }
}
