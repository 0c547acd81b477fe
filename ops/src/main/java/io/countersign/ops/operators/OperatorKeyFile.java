package io.countersign.ops.operators;

import io.countersign.client.OperatorKey;
import io.countersign.ops.CommandException;
import io.countersign.ops.OwnerFile;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The file of an operator's key, as {@code openssl pkey} reads it: PEM (RFC 7468) with the encrypted private key
 * ({@link PassphraseEncryption}) and, behind it, the public key. The cipher does not notice a change of the file; that
 * the two keys belong together does.
 */
final class OperatorKeyFile
{
    /** What comes before the 32 bytes of a private key in PKCS#8: RFC 8410, section 7. */
    private static final byte[] PKCS8_HEAD =
        {0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20};

    private static final String WHAT = "operator's key file";
    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final int MAX_LENGTH = 8 * 1024;

    private OperatorKeyFile()
    {
    }

    /** Nobody is to think of a passphrase for nothing. */
    static void requireFree(final Path file)
    {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS))
        {
            throw new CommandException("the " + WHAT + " " + file + " is there already: choose another name");
        }
    }

    /**
     * Makes a key and its file.
     *
     * @param file       that is not there yet.
     * @param passphrase stays the caller's.
     * @return the public key as SubjectPublicKeyInfo.
     */
    static byte[] create(final Path file, final char[] passphrase)
    {
        final byte[] seed = new byte[Ed25519Key.SEED_LENGTH];
        new SecureRandom().nextBytes(seed);
        final byte[] pkcs8 = Arrays.copyOf(PKCS8_HEAD, PKCS8_HEAD.length + seed.length);
        System.arraycopy(seed, 0, pkcs8, PKCS8_HEAD.length, seed.length);
        try (Ed25519Key key = new Ed25519Key(seed))
        {
            final StringWriter text = new StringWriter();
            try (PemWriter writer = new PemWriter(text))
            {
                writer.writeObject(
                    new PemObject(ENCRYPTED, PassphraseEncryption.encrypt(pkcs8, passphrase).getEncoded()));
                writer.writeObject(new PemObject(PUBLIC, key.subjectPublicKeyInfo()));
            }
            OwnerFile.create(file, WHAT, text.toString().getBytes(StandardCharsets.US_ASCII));
            return key.subjectPublicKeyInfo();
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException(ex);
        }
        finally
        {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    /**
     * Checks that a file may hold a key, before anybody is asked for its passphrase.
     *
     * @param file of the key.
     * @return what it holds.
     */
    static Content read(final Path file)
    {
        final byte[] bytes = OwnerFile.read(file, WHAT, MAX_LENGTH);
        EncryptedPrivateKeyInfo encrypted = null;
        byte[] publicKey = null;
        try (PemReader reader = new PemReader(
            new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.US_ASCII)))
        {
            for (PemObject object = reader.readPemObject(); null != object; object = reader.readPemObject())
            {
                switch (object.getType())
                {
                    case ENCRYPTED -> encrypted = EncryptedPrivateKeyInfo.getInstance(object.getContent());
                    case PUBLIC -> publicKey = object.getContent();
                    case "PRIVATE KEY" -> throw new CommandException("the " + WHAT + " " + file +
                        " is not encrypted: openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -iter " +
                        PassphraseEncryption.MIN_ITERATIONS + " does that");
                    default ->
                    {
                        // Nothing that matters here.
                    }
                }
            }
        }
        catch (final IOException | IllegalArgumentException | IllegalStateException ex)
        {
            throw damaged(file);
        }
        finally
        {
            Arrays.fill(bytes, (byte) 0);
        }
        if (null == encrypted)
        {
            throw new CommandException("the " + WHAT + " " + file + " holds no " + ENCRYPTED +
                ": 'countersign operators new-key' makes one");
        }
        return new Content(file, encrypted, publicKey);
    }

    private static CommandException damaged(final Path file)
    {
        return new CommandException(
            "the " + WHAT + " " + file + " was changed since it was made: take it from a copy, or make a new key");
    }

    /** What a file holds; the public key is null where another program made the file. */
    record Content(Path file, EncryptedPrivateKeyInfo encrypted, byte[] publicKey)
    {
        /**
         * Decrypts the key.
         *
         * @param passphrase stays the caller's.
         * @return the key, to be closed.
         */
        OperatorKey open(final char[] passphrase)
        {
            final byte[] pkcs8;
            try
            {
                pkcs8 = PassphraseEncryption.decrypt(encrypted, passphrase);
            }
            catch (final IllegalArgumentException ex)
            {
                throw new CommandException("the " + WHAT + " " + file + " " + ex.getMessage());
            }
            if (null == pkcs8 || PKCS8_HEAD.length + Ed25519Key.SEED_LENGTH != pkcs8.length ||
                !Arrays.equals(PKCS8_HEAD, 0, PKCS8_HEAD.length, pkcs8, 0, PKCS8_HEAD.length))
            {
                throw new CommandException("the passphrase does not open the " + WHAT + " " + file +
                    ", or that was changed, or holds no key of Ed25519");
            }
            final Ed25519Key key = new Ed25519Key(Arrays.copyOfRange(pkcs8, PKCS8_HEAD.length, pkcs8.length));
            Arrays.fill(pkcs8, (byte) 0);
            if (null != publicKey && !Arrays.equals(publicKey, key.subjectPublicKeyInfo()))
            {
                key.close();
                throw damaged(file);
            }
            return key;
        }
    }
}
