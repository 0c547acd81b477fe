package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_GENERATE_KEY_PAIR;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_SIGN;

import iaik.pkcs.pkcs11.wrapper.CK_INFO;
import iaik.pkcs.pkcs11.wrapper.CK_MECHANISM_INFO;
import iaik.pkcs.pkcs11.wrapper.CK_TOKEN_INFO;
import iaik.pkcs.pkcs11.wrapper.CK_VERSION;
import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.xipki.pkcs11.wrapper.PKCS11Constants;

/**
 * What a token can do, as it lists it and as the quirks correct it. Asked once when a token is opened.
 */
final class TokenMechanisms
{
    private final TokenSlot token;
    private final String description;
    private final TokenQuirks quirks;
    private final Map<Long, CK_MECHANISM_INFO> mechanisms;

    private TokenMechanisms(
        final TokenSlot token,
        final String description,
        final TokenQuirks quirks,
        final Map<Long, CK_MECHANISM_INFO> mechanisms)
    {
        this.token = token;
        this.description = description;
        this.quirks = quirks;
        this.mechanisms = mechanisms;
    }

    /**
     * Ask a token.
     *
     * @param module     of the token.
     * @param token      to ask.
     * @param quirksFile what is known of tokens.
     * @return what it can do.
     * @throws TokenException when it does not answer.
     */
    static TokenMechanisms probe(final CryptokiModule module, final TokenSlot token, final QuirksFile quirksFile)
        throws TokenException
    {
        final PKCS11 pkcs11 = module.pkcs11();
        try
        {
            final CK_INFO library = pkcs11.C_GetInfo();
            final CK_TOKEN_INFO info = pkcs11.C_GetTokenInfo(token.slotId());
            final String manufacturer = TokenSlot.text(info.manufacturerID);
            final String model = TokenSlot.text(info.model);
            final String libraryName = TokenSlot.text(library.libraryDescription);
            final TokenQuirks quirks = quirksFile.ofToken(module.path(), libraryName, manufacturer, model);

            final Map<Long, CK_MECHANISM_INFO> mechanisms = new HashMap<>();
            for (final long mechanism : pkcs11.C_GetMechanismList(token.slotId()))
            {
                if (!quirks.missingMechanisms().contains(mechanism))
                {
                    mechanisms.put(mechanism, pkcs11.C_GetMechanismInfo(token.slotId(), mechanism));
                }
            }

            return new TokenMechanisms(
                token,
                manufacturer + " " + model + ", library \"" + libraryName + "\" " + version(library.libraryVersion) +
                ", PKCS#11 " + version(library.cryptokiVersion) +
                (quirks.sections().isEmpty() ? "" : ", quirks " + quirks.sections()),
                quirks,
                mechanisms);
        }
        catch (final PKCS11Exception ex)
        {
            throw new TokenException("token \"" + token.label() + "\" does not say what it can do: " +
                ReturnValue.nameOf(ex.getErrorCode()), ex.getErrorCode());
        }
    }

    /**
     * How the token can sign with a key.
     *
     * @param description of the key, for messages.
     * @param algorithm   of the key.
     * @param allowed     {@code CKM_} values that the key object allows; any when there is none.
     * @return the first of {@link SigningMethod#candidates} that the token has.
     * @throws TokenException when it has none.
     */
    SigningMethod method(final String description, final SigningAlgorithm algorithm, final long... allowed)
        throws TokenException
    {
        final List<SigningMethod> candidates = SigningMethod.candidates(algorithm);
        for (final SigningMethod candidate : candidates)
        {
            if (null == obstacle(candidate, allowed))
            {
                return SigningAlgorithm.ED25519 == algorithm && quirks.eddsaTakesParameters() ?
                    candidate.withEddsaParameters() : candidate;
            }
        }

        throw new TokenException(description + ": token \"" + token.label() + "\" (" + this.description +
            ") cannot sign with it, " +
            candidates.stream().map((candidate) -> obstacle(candidate, allowed)).collect(Collectors.joining(", ")) +
            ": keep the key in a token that can");
    }

    /**
     * Refuse an algorithm whose key pairs the token does not generate.
     *
     * @param mechanism that generates.
     * @param algorithm of the key pair.
     * @throws TokenException when the token does not have the mechanism.
     */
    void requireGeneration(final long mechanism, final SigningAlgorithm algorithm) throws TokenException
    {
        if (!has(mechanism, CKF_GENERATE_KEY_PAIR))
        {
            throw new TokenException("token \"" + token.label() + "\" (" + description +
                ") generates no key pairs of " + algorithm.configName() + ", it lacks " +
                PKCS11Constants.ckmCodeToName(mechanism) + ": use a token that does");
        }
    }

    /**
     * Whether the token has a mechanism for a use.
     *
     * @param mechanism a {@code CKM_} value.
     * @param flag      a {@code CKF_} value.
     * @return true when it has.
     */
    boolean has(final long mechanism, final long flag)
    {
        final CK_MECHANISM_INFO info = mechanisms.get(mechanism);
        return null != info && 0 != (info.flags & flag);
    }

    /**
     * The quirks of the token.
     *
     * @return the quirks.
     */
    TokenQuirks quirks()
    {
        return quirks;
    }

    /**
     * The token in words: manufacturer, model, library and its version.
     *
     * @return one line.
     */
    String description()
    {
        return description;
    }

    /**
     * Why the token cannot sign in a way; null when it can.
     */
    private String obstacle(final SigningMethod method, final long... allowed)
    {
        final CK_MECHANISM_INFO info = mechanisms.get(method.mechanism());
        if (null == info)
        {
            return "it has no " + method.mechanismName();
        }
        if (0 == (info.flags & CKF_SIGN))
        {
            return method.mechanismName() + " is not for signing there";
        }
        if (0 != allowed.length && LongStream.of(allowed).noneMatch((mechanism) -> method.mechanism() == mechanism))
        {
            return "the key does not allow " + method.mechanismName();
        }

        return method.fitsKeySizes(info.ulMinKeySize, info.ulMaxKeySize) ? null :
            method.mechanismName() + " is for key sizes " + info.ulMinKeySize + " to " + info.ulMaxKeySize + " there";
    }

    private static String version(final CK_VERSION version)
    {
        return (version.major & 0xFF) + "." + (version.minor & 0xFF);
    }
}
