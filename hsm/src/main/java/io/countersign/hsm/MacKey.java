package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CLASS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;

import java.util.List;

/**
 * A secret in a token, to make MACs again that it made once. Unlike a key that is to sign for a gateway, it need not be
 * fit for that: what it was then is no matter any more. One thread at a time.
 */
public final class MacKey
{
    private final TokenMac mac;
    private final KeySpec key;
    private final TokenSession session;

    private MacKey(final TokenMac mac, final KeySpec key, final TokenSession session)
    {
        this.mac = mac;
        this.key = key;
        this.session = session;
    }

    /** Refuses a key that is missing or ambiguous, that does not sign, or whose check value is another. */
    static MacKey find(final TokenSession session, final KeySpec key) throws TokenException
    {
        final long[] found = session.find(
            Attributes.of(CKA_CLASS, key.algorithm().objectClass()), Attributes.of(CKA_ID, key.id()));
        if (1 != found.length)
        {
            throw KeyFitness.refusal(session, key,
                0 == found.length ? "is not there" : "is there " + found.length + " times");
        }

        final SigningMethod method = new KeyDirectory(session).method(key.toString(), key.algorithm(), found[0]);
        final InlineSigningLane lane =
            new InlineSigningLane(session.functions(), session.handle(), found, List.of(method), 0);
        new KeyProof(lane, session.token().label()).prove(0, key);
        return new MacKey(new TokenMac(lane), key, session);
    }

    /**
     * Make a MAC.
     *
     * @param payload 1 to {@link SigningLane#MAX_PAYLOAD_LENGTH} bytes.
     * @return the MAC.
     * @throws TokenException when the token does not sign; no later call will then.
     */
    public byte[] mac(final byte[] payload) throws TokenException
    {
        final byte[] made = mac.of(payload);
        if (null == made)
        {
            throw KeyFitness.refusal(
                session, key, "does not sign: " + ReturnValue.nameOf(mac.returnValue()));
        }
        return made;
    }
}
