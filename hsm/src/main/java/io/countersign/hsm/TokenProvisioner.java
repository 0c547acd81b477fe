package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LABEL;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Brings keys onto a token: imports what a venue gave, or has the token generate. Keys are token objects that are
 * private, sensitive, not extractable unless they are to be recoverable, and may sign. Each is proven before a method
 * returns; a key that does not prove to be what was imported is destroyed again.
 * <p>
 * For operators' commands; one thread at a time.
 */
public final class TokenProvisioner implements AutoCloseable
{
    private final TokenLogin login;
    private final TokenSession session;
    private final KeyKeeper keeper;
    private final TokenKeys keys;

    private TokenProvisioner(final TokenLogin login)
    {
        this.login = login;
        session = login.session();
        keeper = new KeyKeeper(session);
        keys = new TokenKeys(session, (key) ->
        {
            // No lane of this session has it.
        });
    }

    /**
     * Log in to a token.
     *
     * @param modulePath  of the PKCS#11 library.
     * @param tokenLabel  of the token.
     * @param tokenSerial of the token, or null for any.
     * @param pin         of the user.
     * @return a provisioner, to be closed.
     * @throws TokenException when there is no such token, or it refuses the login.
     */
    public static TokenProvisioner open(
        final Path modulePath,
        final String tokenLabel,
        final String tokenSerial,
        final PinSource pin) throws TokenException
    {
        return open(modulePath, tokenLabel, tokenSerial, pin, null);
    }

    /**
     * Log in to a token of which more is known than comes with the product.
     *
     * @param modulePath  of the PKCS#11 library.
     * @param tokenLabel  of the token.
     * @param tokenSerial of the token, or null for any.
     * @param pin         of the user.
     * @param quirksFile  see {@link TokenConnector.Context#quirksFile(Path)}; may be null.
     * @return a provisioner, to be closed.
     * @throws TokenException when there is no such token, or it refuses the login.
     */
    static TokenProvisioner open(
        final Path modulePath,
        final String tokenLabel,
        final String tokenSerial,
        final PinSource pin,
        final Path quirksFile) throws TokenException
    {
        return new TokenProvisioner(TokenLogin.open(modulePath, tokenLabel, tokenSerial, pin, quirksFile));
    }

    /**
     * Initialise a token that nobody has initialised yet: give it a label, a security officer and a user. A token that
     * is in use is never touched.
     *
     * @param modulePath         of the PKCS#11 library.
     * @param tokenLabel         1 to 32 bytes of UTF-8 without blanks at the end, which no token has yet.
     * @param securityOfficerPin that the security officer shall have.
     * @param userPin            that the user shall have.
     * @return the serial number of the token.
     * @throws TokenException when there is no such token, or it refuses.
     */
    public static String initialiseToken(
        final Path modulePath,
        final String tokenLabel,
        final PinSource securityOfficerPin,
        final PinSource userPin) throws TokenException
    {
        final CryptokiModule module = CryptokiModule.acquire(modulePath);
        TokenSession session = null;
        try
        {
            TokenInitialisation.initialise(module, tokenLabel, securityOfficerPin, userPin);
            final TokenSlot token = TokenSlot.select(module, tokenLabel, null);
            session = TokenSession.open(module, token);
            session.loginSecurityOfficer(securityOfficerPin);
            session.initialiseUserPin(userPin);
            return token.serial();
        }
        finally
        {
            TokenLogin.close(module, session);
        }
    }

    /**
     * Import the secret of a MAC key. A secret that is shorter than the digest is filled with zero bytes, one that is
     * longer than the block of the hash is replaced by its hash: HMAC itself does both, so that the MACs are the same.
     *
     * @param id        of the key, which no key on the token has yet.
     * @param label     for people.
     * @param algorithm a MAC algorithm.
     * @param secret    decoded from the text form in which the venue shows it; zeroed when this returns or throws.
     * @return what to pin: the check value, see {@link KeySpec}.
     * @throws TokenException when the token refuses.
     */
    public byte[] importSecret(
        final byte[] id,
        final String label,
        final SigningAlgorithm algorithm,
        final byte[] secret) throws TokenException
    {
        return importSecret(id, label, algorithm, secret, false);
    }

    /**
     * The same for a key that may be recoverable.
     *
     * @param id          of the key, which no key on the token has yet.
     * @param label       for people.
     * @param algorithm   of the key.
     * @param secret      decoded; zeroed when this returns or throws.
     * @param recoverable whether it may leave the token wrapped.
     * @return what to pin.
     * @throws TokenException when the token refuses.
     */
    public byte[] importSecret(
        final byte[] id,
        final String label,
        final SigningAlgorithm algorithm,
        final byte[] secret,
        final boolean recoverable) throws TokenException
    {
        SecretKeyMaterial material = null;
        try
        {
            if (!algorithm.isMac())
            {
                throw new TokenException(algorithm.configName() + " has no secret: import a private key");
            }
            if (0 == secret.length)
            {
                throw new TokenException("the secret is empty");
            }
            session.token().mechanisms().method("key " + label, algorithm);
            keeper.requireFree(id);

            final NewKey key = new NewKey(id, label, algorithm, recoverable);
            material = SecretKeyMaterial.of(algorithm, secret);
            final byte[] text = KeySpec.CHECK_VALUE_TEXT.getBytes(StandardCharsets.US_ASCII);
            final byte[] checkValue = material.checkValue(algorithm, text);
            final long object = keeper.maker().create(key, material.attributes());
            return keeper.proven(key, object, () -> checkValue);
        }
        finally
        {
            Arrays.fill(secret, (byte) 0);
            if (null != material)
            {
                material.zero();
            }
        }
    }

    /**
     * Import a private key.
     *
     * @param id        of the key, which no key on the token has yet.
     * @param label     for people.
     * @param algorithm not a MAC algorithm.
     * @param pkcs8     PrivateKeyInfo as DER, without passphrase; zeroed when this returns or throws.
     * @return what to pin: the SubjectPublicKeyInfo as DER.
     * @throws TokenException when the token refuses, or the bytes are no such key.
     */
    public byte[] importPrivateKey(
        final byte[] id,
        final String label,
        final SigningAlgorithm algorithm,
        final byte[] pkcs8) throws TokenException
    {
        return importPrivateKey(id, label, algorithm, pkcs8, false);
    }

    /**
     * The same for a key that may be recoverable.
     *
     * @param id          of the key, which no key on the token has yet.
     * @param label       for people.
     * @param algorithm   of the key.
     * @param pkcs8       PrivateKeyInfo as DER; zeroed when this returns or throws.
     * @param recoverable whether it may leave the token wrapped.
     * @return what to pin.
     * @throws TokenException when the token refuses.
     */
    public byte[] importPrivateKey(
        final byte[] id,
        final String label,
        final SigningAlgorithm algorithm,
        final byte[] pkcs8,
        final boolean recoverable) throws TokenException
    {
        PrivateKeyMaterial material = null;
        try
        {
            if (algorithm.isMac())
            {
                throw new TokenException(algorithm.configName() + " has no private key: import a secret");
            }
            session.token().mechanisms().method("key " + label, algorithm);
            keeper.requireFree(id);

            final NewKey key = new NewKey(id, label, algorithm, recoverable);
            material = PrivateKeyMaterial.of(algorithm, pkcs8);
            final byte[] subjectPublicKeyInfo = material.subjectPublicKeyInfo();
            final long object = keeper.maker().create(key, material.attributes());
            keeper.proven(key, object, () -> subjectPublicKeyInfo);
            keeper.maker().createPublicKey(key, subjectPublicKeyInfo);

            return subjectPublicKeyInfo;
        }
        finally
        {
            Arrays.fill(pkcs8, (byte) 0);
            if (null != material)
            {
                material.zero();
            }
        }
    }

    /**
     * Have the token generate a key pair; the private key never exists anywhere else. The public key stays on the token
     * beside it.
     *
     * @param id        of the key, which no key on the token has yet.
     * @param label     for people.
     * @param algorithm not a MAC algorithm.
     * @return what to pin: the SubjectPublicKeyInfo as DER.
     * @throws TokenException when the token refuses.
     */
    public byte[] generateKeyPair(final byte[] id, final String label, final SigningAlgorithm algorithm)
        throws TokenException
    {
        return keeper.generateKeyPair(new NewKey(id, label, algorithm, false));
    }

    /**
     * Have the token generate the secret of a MAC key; it never exists anywhere else. No venue can know such a key: it
     * is for the gateway's own use.
     *
     * @param id        of the key, which no key on the token has yet.
     * @param label     for people.
     * @param algorithm a MAC algorithm; the secret is as long as its MACs.
     * @return what to pin: the check value, see {@link KeySpec}.
     * @throws TokenException when the token refuses.
     */
    public byte[] generateSecret(final byte[] id, final String label, final SigningAlgorithm algorithm)
        throws TokenException
    {
        return keeper.generateSecret(new NewKey(id, label, algorithm, false));
    }

    /**
     * The same keys as the gateway makes and destroys, among them recoverable ones.
     *
     * @return always the same; used on this provisioner's thread and until it is closed.
     */
    public TokenKeys keys()
    {
        return keys;
    }

    /**
     * Import the AES-256 key that recoverable keys are wrapped with; see {@link WrappingKey} for what it may do and
     * what its check value is. The token has to give the check value that software computes.
     *
     * @param id     of the key, which no key on the token has yet.
     * @param label  for people.
     * @param secret {@link WrappingKey#SECRET_LENGTH} bytes; zeroed when this returns or throws.
     * @return the check value.
     * @throws TokenException when the token refuses, or wraps otherwise than RFC 5649.
     */
    public byte[] importWrappingKey(final byte[] id, final String label, final byte[] secret) throws TokenException
    {
        try
        {
            final byte[] checkValue = WrappingKey.checkValue(secret);
            keeper.requireFree(id);
            new WrappingKeyImport(session).create(id, label, secret, checkValue);
            return checkValue;
        }
        finally
        {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /**
     * Bring a key back that {@link TokenKeys#wrap} wrapped, on this or another token. The wrapping key is in the token
     * only while this runs.
     *
     * @param secret  the wrapping key's {@link WrappingKey#SECRET_LENGTH} bytes; zeroed when this returns or throws.
     * @param wrapped key.
     * @param key     that it must prove to be; no object on the token has its id yet.
     * @param label   for people.
     * @throws TokenException when the token refuses, or it is another key; nothing is left there then.
     */
    public void unwrap(final byte[] secret, final byte[] wrapped, final KeySpec key, final String label)
        throws TokenException
    {
        try
        {
            WrappingKey.requireLength(secret);
            keeper.requireFree(key.id());
            final NewKey wanted = new NewKey(key.id(), label, key.algorithm(), key.recoverable());
            final long object = new WrappingKeyImport(session).unwrap(wanted, secret, wrapped);
            keeper.proven(wanted, object, key::pinned);
            if (!key.algorithm().isMac())
            {
                keeper.maker().createPublicKey(wanted, key.pinned());
            }
        }
        finally
        {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /**
     * Refuse a label that an object of the token has already: people could not tell the keys apart.
     *
     * @param label of a key to be made.
     * @throws TokenException when there is such an object.
     */
    public void requireFreeLabel(final String label) throws TokenException
    {
        if (0 != session.find(Attributes.of(CKA_LABEL, label.toCharArray())).length)
        {
            throw new TokenException("token \"" + session.token().label() + "\" has an object labelled \"" + label +
                "\" already: choose another label, or destroy that object first");
        }
    }

    /**
     * What the token knows of a key register.
     *
     * @return the anchor, on this provisioner's session.
     */
    public TokenAnchor anchor()
    {
        return new TokenAnchor(session);
    }

    /**
     * Take back what {@link #generateSecret} or {@link #generateKeyPair} made, or a part of it that a process left that
     * ended in between. Nothing is proven: only for keys that nobody has used yet.
     *
     * @param id    that it was made with.
     * @param label that it was made with; objects with another one stay.
     * @return number of objects that are gone.
     * @throws TokenException when the token refuses.
     */
    public int discard(final byte[] id, final String label) throws TokenException
    {
        final long[] objects =
            session.find(Attributes.of(CKA_ID, id), Attributes.of(CKA_LABEL, label.toCharArray()));
        for (final long object : objects)
        {
            session.destroy(object);
        }
        return objects.length;
    }

    /**
     * Close the session, and finalise the module when no one else in this process uses it.
     */
    @Override
    public void close()
    {
        login.close();
    }
}
