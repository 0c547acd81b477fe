package io.countersign.hsm;

import java.util.function.Consumer;

/**
 * Makes, wraps and destroys keys on the token of a connection, on a session of its own: the lane may sign meanwhile. A
 * new key signs from the next {@link TokenConnector#connect(java.util.List)} with it. On the connector's thread; every
 * call may take as long as the token likes.
 */
public final class TokenKeys
{
    private final TokenSession session;
    private final KeyKeeper keeper;
    private final Consumer<KeySpec> onDestroyed;

    /**
     * For one connection.
     *
     * @param session     with the user logged in.
     * @param onDestroyed is told of each key that is about to be destroyed.
     */
    TokenKeys(final TokenSession session, final Consumer<KeySpec> onDestroyed)
    {
        this.session = session;
        this.onDestroyed = onDestroyed;
        keeper = new KeyKeeper(session);
    }

    /**
     * A new id for a key.
     *
     * @return 8 random bytes that no object on the token has.
     * @throws TokenException when the token does not answer.
     */
    public byte[] freeId() throws TokenException
    {
        return keeper.freeId();
    }

    /**
     * Have the token generate a key pair, prove it, and where it is to be recoverable wrap it once.
     *
     * @param id          of both keys, which no object on the token has yet.
     * @param label       for people.
     * @param algorithm   not a MAC algorithm.
     * @param recoverable whether it may leave the token wrapped.
     * @return what to pin: the SubjectPublicKeyInfo as DER.
     * @throws TokenException when the token refuses; nothing is left there then.
     */
    public byte[] generateKeyPair(
        final byte[] id,
        final String label,
        final SigningAlgorithm algorithm,
        final boolean recoverable) throws TokenException
    {
        return keeper.generateKeyPair(new NewKey(id, label, algorithm, recoverable));
    }

    /**
     * Have the token generate the secret of a MAC key, prove it, and where it is to be recoverable wrap it once.
     *
     * @param id          of the key, which no object on the token has yet.
     * @param label       for people.
     * @param algorithm   a MAC algorithm; the secret is as long as its MACs.
     * @param recoverable whether it may leave the token wrapped.
     * @return what to pin: the check value, see {@link KeySpec}.
     * @throws TokenException when the token refuses; nothing is left there then.
     */
    public byte[] generateSecret(
        final byte[] id,
        final String label,
        final SigningAlgorithm algorithm,
        final boolean recoverable) throws TokenException
    {
        return keeper.generateSecret(new NewKey(id, label, algorithm, recoverable));
    }

    /**
     * Destroy a key for good, and the public key beside it. It proves once more that it is the one that is meant.
     * Lanes that have the key break when they are to sign with it.
     *
     * @param key to destroy.
     * @throws TokenException when it is missing, ambiguous, unfit or another one, or the token refuses.
     */
    public void destroy(final KeySpec key) throws TokenException
    {
        onDestroyed.accept(key);
        keeper.destroy(key);
    }

    /**
     * Wrap a recoverable key, once it has proven that it is the one that is meant.
     *
     * @param key           to wrap.
     * @param wrappingKeyId of a key that {@link TokenProvisioner#importWrappingKey} imported.
     * @return what {@link TokenProvisioner#unwrap} takes: RFC 5649 over the secret, or over the private key as PKCS#8.
     * @throws TokenException when either key is missing or unfit, or the token refuses.
     */
    public byte[] wrap(final KeySpec key, final byte[] wrappingKeyId) throws TokenException
    {
        final long wrappingKey = WrappingKey.find(session, wrappingKeyId);
        final long object = KeyProof.prove(session, key).object();
        return new KeyWrapping(session).wrap(wrappingKey, object);
    }

    /**
     * What the wrapping key is recognised by.
     *
     * @param wrappingKeyId of the key.
     * @return see {@link WrappingKey#checkValue(byte[])}.
     * @throws TokenException when it is missing or unfit, or the token refuses.
     */
    public byte[] wrappingCheckValue(final byte[] wrappingKeyId) throws TokenException
    {
        return new KeyWrapping(session).checkValue(WrappingKey.find(session, wrappingKeyId));
    }
}
