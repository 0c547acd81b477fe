package io.countersign.gateway.sealing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;

/**
 * Signs with a key in memory, when it is told to.
 */
final class FakeSigner implements SealSigner
{
    private final KeyPair pair;
    private final String algorithm;
    private byte[] text;
    private byte[] signature;
    boolean isAway;
    boolean isSlow;
    boolean isForger;
    int asked;

    private FakeSigner(final KeyPair pair, final String algorithm)
    {
        this.pair = pair;
        this.algorithm = algorithm;
    }

    static FakeSigner ed25519() throws GeneralSecurityException
    {
        return new FakeSigner(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), "Ed25519");
    }

    static FakeSigner p256() throws GeneralSecurityException
    {
        final KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return new FakeSigner(generator.generateKeyPair(), "SHA256withECDSAinP1363Format");
    }

    byte[] publicKey()
    {
        return pair.getPublic().getEncoded();
    }

    @Override
    public void ask(final byte[] textToSign)
    {
        asked++;
        text = textToSign;
    }

    @Override
    public boolean isDone()
    {
        return !isSlow;
    }

    @Override
    public byte[] signature()
    {
        if (isAway)
        {
            return null;
        }
        try
        {
            final Signature signer = Signature.getInstance(algorithm);
            signer.initSign(pair.getPrivate());
            signer.update(text);
            signature = signer.sign();
            signature[9] ^= (byte) (isForger ? 1 : 0);
            return signature;
        }
        catch (final GeneralSecurityException ex)
        {
            throw new AssertionError(ex);
        }
    }

    @Override
    public String failure()
    {
        return "the token is away";
    }
}
