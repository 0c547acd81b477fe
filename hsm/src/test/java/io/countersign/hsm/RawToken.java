package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CLASS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_KEY_TYPE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PRIVATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SIGN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TOKEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VERIFY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_DATA;

import iaik.pkcs.pkcs11.wrapper.CK_ATTRIBUTE;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A second session with a token, which does what no part of the product would do.
 */
public final class RawToken implements AutoCloseable
{
    private final CryptokiModule module;
    private final TokenSession session;

    public RawToken(final SoftHsmFixture token) throws TokenException
    {
        module = CryptokiModule.acquire(SoftHsmFixture.modulePath());
        session = TokenSession.open(module, TokenSlot.select(module, token.tokenLabel(), null));
        session.loginUser(PinSource.file(token.pinFile()));
    }

    CryptokiModule module()
    {
        return module;
    }

    TokenSession session()
    {
        return session;
    }

    /** A secret like those of the provisioner, but for the attributes given. */
    public long createSecret(
        final byte[] id, final SigningAlgorithm algorithm, final byte[] value, final Object... changes)
        throws TokenException
    {
        final Map<Long, Object> attributes = new LinkedHashMap<>();
        attributes.put(CKA_CLASS, algorithm.objectClass());
        attributes.put(CKA_KEY_TYPE, algorithm.keyType());
        attributes.put(CKA_TOKEN, true);
        attributes.put(CKA_PRIVATE, true);
        attributes.put(CKA_SENSITIVE, true);
        attributes.put(CKA_EXTRACTABLE, false);
        attributes.put(CKA_SIGN, true);
        attributes.put(CKA_ID, id);
        attributes.put(CKA_VALUE, value);
        return session.create(template(attributes, changes));
    }

    /** A key pair like those of the provisioner, but for the attributes given; the handle of the private key. */
    long generate(
        final byte[] id,
        final long mechanism,
        final CK_ATTRIBUTE publicAttribute,
        final Object... changes) throws TokenException
    {
        final Map<Long, Object> attributes = new LinkedHashMap<>();
        attributes.put(CKA_TOKEN, true);
        attributes.put(CKA_PRIVATE, true);
        attributes.put(CKA_SENSITIVE, true);
        attributes.put(CKA_EXTRACTABLE, false);
        attributes.put(CKA_SIGN, true);
        attributes.put(CKA_ID, id);
        final CK_ATTRIBUTE[] publicTemplate = {
            publicAttribute,
            Attributes.of(CKA_TOKEN, true),
            Attributes.of(CKA_VERIFY, true),
            Attributes.of(CKA_ID, id)
        };
        return session.generateKeyPair(mechanism, publicTemplate, template(attributes, changes))[1];
    }

    long find(final KeySpec key) throws TokenException
    {
        return session.find(
            Attributes.of(CKA_CLASS, key.algorithm().objectClass()), Attributes.of(CKA_ID, key.id()))[0];
    }

    public void destroy(final KeySpec key) throws TokenException
    {
        session.destroy(find(key));
    }

    /** The data objects that say which register file is the newest. */
    public void destroyAnchor() throws TokenException
    {
        for (final long object : session.find(Attributes.of(CKA_CLASS, CKO_DATA)))
        {
            session.destroy(object);
        }
    }

    void logout() throws PKCS11Exception
    {
        module.pkcs11().C_Logout(session.handle());
    }

    void closeAllSessions() throws PKCS11Exception
    {
        module.pkcs11().C_CloseAllSessions(session.token().slotId());
    }

    /** The library forgets everything, as one that lost its device may; no thread may be inside it. */
    public void finaliseLibrary()
    {
        try
        {
            module.pkcs11().C_Finalize(null);
        }
        catch (final PKCS11Exception ex)
        {
            throw new AssertionError(ex);
        }
    }

    @Override
    public void close()
    {
        session.close();
        module.release();
    }

    private static CK_ATTRIBUTE[] template(final Map<Long, Object> attributes, final Object... changes)
    {
        for (int i = 0; i < changes.length; i += 2)
        {
            attributes.put((Long) changes[i], changes[i + 1]);
        }

        return attributes.entrySet().stream()
            .map((attribute) -> Attributes.of(attribute.getKey(), attribute.getValue()))
            .toArray(CK_ATTRIBUTE[]::new);
    }
}
