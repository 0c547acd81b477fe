package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CLASS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_HW;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PRIVATE_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PUBLIC_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_SECRET_KEY;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What keys a token holds, and what they are. Changes nothing there; signs challenges and check texts only.
 * <p>
 * For operators' commands; one thread at a time.
 */
public final class TokenInventory implements AutoCloseable
{
    private final TokenLogin login;
    private final TokenSession session;

    private TokenInventory(final TokenLogin login)
    {
        this.login = login;
        session = login.session();
    }

    /**
     * Log in to a token.
     *
     * @param modulePath  of the PKCS#11 library.
     * @param tokenLabel  of the token.
     * @param tokenSerial of the token, or null for any.
     * @param pin         of the user.
     * @return an inventory, to be closed.
     * @throws TokenException when there is no such token, or it refuses the login.
     */
    public static TokenInventory open(
        final Path modulePath,
        final String tokenLabel,
        final String tokenSerial,
        final PinSource pin) throws TokenException
    {
        return new TokenInventory(TokenLogin.open(modulePath, tokenLabel, tokenSerial, pin, null));
    }

    /**
     * The token.
     *
     * @return its label.
     */
    public String tokenLabel()
    {
        return session.token().label();
    }

    /**
     * The token.
     *
     * @return its serial number.
     */
    public String tokenSerial()
    {
        return session.token().serial();
    }

    /**
     * All keys of the token.
     *
     * @return by id; of one id secrets and private keys first.
     * @throws TokenException when the token does not answer.
     */
    public List<TokenKey> keys() throws TokenException
    {
        final List<TokenKey> keys = new ArrayList<>();
        final KeyReading reading = new KeyReading(session);
        add(keys, reading, CKO_SECRET_KEY, TokenKey.Kind.SECRET);
        add(keys, reading, CKO_PRIVATE_KEY, TokenKey.Kind.PRIVATE);
        add(keys, reading, CKO_PUBLIC_KEY, TokenKey.Kind.PUBLIC);
        keys.sort(Comparator.comparing(TokenKey::id, Arrays::compareUnsigned).thenComparing(TokenKey::kind));

        return List.copyOf(keys);
    }

    /**
     * The check value of a secret.
     *
     * @param key       a secret of this inventory.
     * @param algorithm one of the key's.
     * @return see {@link KeySpec}.
     * @throws TokenException when the token does not sign with it so.
     */
    public byte[] checkValue(final TokenKey key, final SigningAlgorithm algorithm) throws TokenException
    {
        final String description = "key " + key.label();
        return KeyProof.of(session, description, algorithm, key.handle()).checkValue(0, description);
    }

    /**
     * Have a key prove that it belongs to its public key: by a challenge that it signs.
     *
     * @param key                  a private key of this inventory.
     * @param algorithm            one of the key's.
     * @param subjectPublicKeyInfo that it should belong to.
     * @throws TokenException when it does not sign, or belongs to another.
     */
    public void prove(final TokenKey key, final SigningAlgorithm algorithm, final byte[] subjectPublicKeyInfo)
        throws TokenException
    {
        KeyProof.of(session, "key " + key.label(), algorithm, key.handle())
            .prove(0, new KeySpec(key.label(), 1, key.id(), algorithm, subjectPublicKeyInfo));
    }

    /**
     * Have a key prove itself as it has to when a gateway starts.
     *
     * @param key as configured.
     * @throws TokenException when it is missing, ambiguous, unfit or another key.
     */
    public void prove(final KeySpec key) throws TokenException
    {
        KeyProof.prove(session, key);
    }

    /**
     * Whether the token signs with a key in hardware: it says so of the mechanism ({@code CKF_HW}, PKCS#11 v2.40,
     * section 3.5).
     *
     * @param key of this inventory.
     * @return null for a key that this version cannot sign with.
     */
    public Boolean isInHardware(final TokenKey key)
    {
        return key.algorithms().isEmpty() ? null : key.algorithms().stream()
            .flatMap((algorithm) -> SigningMethod.candidates(algorithm).stream())
            .anyMatch((method) -> session.token().mechanisms().has(method.mechanism(), CKF_HW));
    }

    /**
     * What a register is sealed with, to read it.
     *
     * @param key as configured.
     * @return the key, which has proven itself; of use until this is closed.
     * @throws TokenException when it is missing, ambiguous, unfit or another key.
     */
    public RegisterKey registerKey(final KeySpec key) throws TokenException
    {
        final FoundKey found = KeyProof.prove(session, key);
        return new RegisterKey(new InlineSigningLane(
            session.functions(), session.handle(), new long[]{ found.object() }, List.of(found.method()), 0),
            session.token());
    }

    /**
     * A secret, to make MACs again that it made once.
     *
     * @param key with its id, a MAC algorithm and its check value.
     * @return the key; of use until this is closed.
     * @throws TokenException when it is missing or ambiguous, does not sign, or has another check value.
     */
    public MacKey macKey(final KeySpec key) throws TokenException
    {
        return MacKey.find(session, key);
    }

    /**
     * What the token knows of the newest register.
     *
     * @return null when it knows of none, also where it keeps no data objects.
     * @throws TokenException when the token does not answer, or holds what is no anchor.
     */
    public TokenAnchor.Entry newestRegister() throws TokenException
    {
        return new TokenAnchor(session).read();
    }

    /**
     * Close the session, and finalise the module when no one else in this process uses it.
     */
    @Override
    public void close()
    {
        login.close();
    }

    private void add(
        final List<TokenKey> keys,
        final KeyReading reading,
        final long objectClass,
        final TokenKey.Kind kind) throws TokenException
    {
        for (final long object : session.find(Attributes.of(CKA_CLASS, objectClass)))
        {
            keys.add(reading.read(object, kind));
        }
    }
}
