package io.countersign.perf.peer;

import javax.crypto.Mac;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;

/**
 * The bot's process of {@link SunPkcs11Peer}.
 */
final class SunPkcs11Signer
{
    private SunPkcs11Signer()
    {
    }

    /**
     * Sign as told on the standard input.
     *
     * @param args of a {@link PeerKey}, then the slot.
     */
    public static void main(final String[] args)
    {
        SignerLoop.run(() -> signer(PeerKey.of(args), Long.parseLong(args[PeerKey.ARGUMENTS])));
    }

    private static PayloadSigner signer(final PeerKey key, final long slotId) throws Exception
    {
        if (!key.key().algorithm().isMac())
        {
            KeyCertificate.put(key, slotId);
        }
        final Provider provider = Security.getProvider("SunPKCS11").configure(
            "--name=peer\nlibrary=" + key.module() + "\nslot=" + slotId + "\n");
        final KeyStore keys = KeyStore.getInstance("PKCS11", provider);
        keys.load(null, pin(key));
        final Key found = keys.getKey(key.key().alias(), null);
        if (null == found)
        {
            throw new IllegalStateException("SunPKCS11 finds no " + key.key());
        }
        return switch (key.key().algorithm())
        {
            case HMAC_SHA256 -> mac(provider, found, key.payload());
            case ECDSA_P256 -> signature("SHA256withECDSAinP1363Format", provider, found, key.payload());
            case RSA_2048 -> signature("SHA256withRSA", provider, found, key.payload());
            default -> throw new IllegalStateException("SunPKCS11 cannot sign with " + key.key());
        };
    }

    private static PayloadSigner mac(final Provider provider, final Key key, final byte[] payload)
        throws GeneralSecurityException
    {
        final Mac mac = Mac.getInstance("HmacSHA256", provider);
        mac.init(key);
        return () -> mac.doFinal(payload);
    }

    private static PayloadSigner signature(
        final String algorithm, final Provider provider, final Key key, final byte[] payload)
        throws GeneralSecurityException
    {
        final Signature signature = Signature.getInstance(algorithm, provider);
        signature.initSign((PrivateKey) key);
        return () ->
        {
            signature.update(payload);
            return signature.sign();
        };
    }

    private static char[] pin(final PeerKey key) throws IOException
    {
        return Files.readString(key.pinFile(), StandardCharsets.UTF_8).strip().toCharArray();
    }
}
