package io.countersign.ops.operators;

import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * PBES2 of RFC 8018 with PBKDF2-HMAC-SHA-256 and AES-256-CBC, and nothing else.
 */
final class PassphraseEncryption
{
    /** Fewest iterations of PBKDF2, as OWASP recommends for HMAC-SHA-256; what is made here has as many. */
    static final int MIN_ITERATIONS = 600_000;

    private static final int MAX_ITERATIONS = 10_000_000;
    private static final int SALT_LENGTH = 16;
    private static final int IV_LENGTH = 16;
    private static final int KEY_LENGTH = 32;

    private PassphraseEncryption()
    {
    }

    static EncryptedPrivateKeyInfo encrypt(final byte[] pkcs8, final char[] passphrase)
    {
        final SecureRandom random = new SecureRandom();
        final byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        final byte[] iv = new byte[IV_LENGTH];
        random.nextBytes(iv);
        try
        {
            final byte[] encrypted = crypt(Cipher.ENCRYPT_MODE, passphrase, salt, MIN_ITERATIONS, iv, pkcs8);
            final PBKDF2Params derivation = new PBKDF2Params(salt, MIN_ITERATIONS, KEY_LENGTH,
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE));
            final PBES2Parameters parameters = new PBES2Parameters(
                new KeyDerivationFunc(PKCSObjectIdentifiers.id_PBKDF2, derivation),
                new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv)));
            return new EncryptedPrivateKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters), encrypted);
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * Decrypts.
     *
     * @param encrypted  by this class or another program.
     * @param passphrase stays the caller's.
     * @return PKCS#8, for the caller to zero; null where the passphrase does not fit.
     * @throws IllegalArgumentException where it is encrypted otherwise; the message follows the name of the file.
     */
    static byte[] decrypt(final EncryptedPrivateKeyInfo encrypted, final char[] passphrase)
    {
        final AlgorithmIdentifier algorithm = encrypted.getEncryptionAlgorithm();
        require(PKCSObjectIdentifiers.id_PBES2.equals(algorithm.getAlgorithm()));
        final PBES2Parameters parameters = PBES2Parameters.getInstance(algorithm.getParameters());
        require(PKCSObjectIdentifiers.id_PBKDF2.equals(parameters.getKeyDerivationFunc().getAlgorithm()));
        final PBKDF2Params derivation = PBKDF2Params.getInstance(parameters.getKeyDerivationFunc().getParameters());
        require(PKCSObjectIdentifiers.id_hmacWithSHA256.equals(derivation.getPrf().getAlgorithm()));
        require(NISTObjectIdentifiers.id_aes256_CBC.equals(parameters.getEncryptionScheme().getAlgorithm()));
        final byte[] iv = ASN1OctetString.getInstance(parameters.getEncryptionScheme().getParameters()).getOctets();
        require(IV_LENGTH == iv.length);
        final BigInteger iterations = derivation.getIterationCount();
        if (iterations.compareTo(BigInteger.valueOf(MIN_ITERATIONS)) < 0 ||
            iterations.compareTo(BigInteger.valueOf(MAX_ITERATIONS)) > 0)
        {
            throw new IllegalArgumentException("has a passphrase of " + iterations + " iterations, not " +
                MIN_ITERATIONS + " to " + MAX_ITERATIONS + ": openssl pkcs8 -topk8 -iter says how many");
        }
        try
        {
            return crypt(Cipher.DECRYPT_MODE, passphrase, derivation.getSalt(), iterations.intValueExact(), iv,
                encrypted.getEncryptedData());
        }
        catch (final BadPaddingException | IllegalBlockSizeException ex)
        {
            return null;
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    private static void require(final boolean isSo)
    {
        if (!isSo)
        {
            throw new IllegalArgumentException("is encrypted otherwise than with PBES2, PBKDF2-HMAC-SHA256 and " +
                "AES-256-CBC: openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -iter " + MIN_ITERATIONS);
        }
    }

    private static byte[] crypt(
        final int mode,
        final char[] passphrase,
        final byte[] salt,
        final int iterations,
        final byte[] iv,
        final byte[] data) throws GeneralSecurityException
    {
        final PBEKeySpec spec = new PBEKeySpec(passphrase, salt, iterations, KEY_LENGTH * Byte.SIZE);
        byte[] key = null;
        try
        {
            key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
            final Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(data);
        }
        finally
        {
            spec.clearPassword();
            if (null != key)
            {
                Arrays.fill(key, (byte) 0);
            }
        }
    }
}
