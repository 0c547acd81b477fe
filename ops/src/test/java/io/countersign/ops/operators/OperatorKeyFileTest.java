package io.countersign.ops.operators;

import io.countersign.client.OperatorKey;
import io.countersign.ops.CommandException;
import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

import static org.junit.jupiter.api.Assertions.*;

@Timeout(120)
class OperatorKeyFileTest
{
    private static final String PASSPHRASE = "grüne Äpfel im Mai";
    private static final byte[] MESSAGE = "a command".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path temporary;
    private Path file;
    private Path passphraseFile;

    @BeforeEach
    void before() throws IOException
    {
        file = temporary.resolve("anna.pem");
        passphraseFile = secret("passphrase", PASSPHRASE + "\n");
    }

    @Test
    void shouldSignWithTheKeyThatItPrinted() throws Exception
    {
        final byte[] publicKey = create();
        assertTrue(Ed25519Key.isPublicKey(publicKey));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        final OperatorKey key = OperatorKeyFile.read(file).open(PASSPHRASE.toCharArray());
        assertTrue(verifies(publicKey, key.sign(MESSAGE)));
        key.close();
        assertThrows(IllegalStateException.class, () -> key.sign(MESSAGE));
    }

    @Test
    void shouldNeverOverwrite() throws Exception
    {
        Files.writeString(file, "something");
        final CommandRun run = newKey();
        assertEquals(2, run.exitCode());
        assertEquals("countersign: the operator's key file " + file + " is there already: choose another name",
            run.error());
        assertEquals("", run.out());
        assertEquals("something", Files.readString(file));
    }

    @Test
    void shouldRefuseAnotherPassphrase()
    {
        create();
        final CommandException ex = assertThrows(CommandException.class,
            () -> OperatorKeyFile.read(file).open("grune Apfel im Mai".toCharArray()));
        assertTrue(ex.getMessage().startsWith("the passphrase does not open the operator's key file"),
            ex.getMessage());
    }

    /** The cipher is malleable: a changed IV changes the first block of the private key unseen. */
    @Test
    void shouldNoticeThatTheFileWasChanged() throws Exception
    {
        create();
        final String text = Files.readString(file);
        final List<String> lines = text.lines().toList();
        final int end = lines.indexOf("-----END ENCRYPTED PRIVATE KEY-----");
        final byte[] der = Base64.getDecoder().decode(String.join("", lines.subList(1, end)));
        int noticed = 0;
        for (int i = 0; i < der.length; i += 7)
        {
            final byte[] changed = der.clone();
            changed[i] ^= 1;
            Files.writeString(file, lines.getFirst() + "\n" + Base64.getEncoder().encodeToString(changed) + "\n" +
                String.join("\n", lines.subList(end, lines.size())) + "\n");
            final CommandException ex = assertThrows(CommandException.class,
                () -> OperatorKeyFile.read(file).open(PASSPHRASE.toCharArray()), "byte " + i);
            assertFalse(ex.getMessage().contains(PASSPHRASE), ex.getMessage());
            noticed++;
        }
        assertTrue(noticed > 20);

        final Path other = temporary.resolve("other.pem");
        final byte[] another = OperatorKeyFile.create(other, PASSPHRASE.toCharArray());
        Files.writeString(file, text.replaceAll("(?s)-----BEGIN PUBLIC KEY-----.*",
            "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(another) +
            "\n-----END PUBLIC KEY-----\n"));
        assertTrue(assertThrows(CommandException.class,
            () -> OperatorKeyFile.read(file).open(PASSPHRASE.toCharArray())).getMessage().contains("was changed"));
    }

    @Test
    void shouldRefuseFilesThatOthersCanRead() throws Exception
    {
        create();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertTrue(assertThrows(CommandException.class, () -> OperatorKeyFile.read(file)).getMessage()
            .contains("is open to others (rw-r-----): run chmod 600"));
        Files.setPosixFilePermissions(passphraseFile, PosixFilePermissions.fromString("rw----r--"));
        file = temporary.resolve("bert.pem");
        assertTrue(newKey().error().contains("is open to others"));
        final Path link = Files.createSymbolicLink(temporary.resolve("link"), passphraseFile);
        passphraseFile = link;
        assertTrue(newKey().error().contains("is missing or no regular file"));
        assertFalse(Files.exists(file));
    }

    @Test
    void shouldRefuseShortPassphrasesAndNoTerminal() throws Exception
    {
        for (final String poor : List.of("", "\n", "eleven char", "ÄÖÜÄÖÜÄÖÜÄÖ\r\n"))
        {
            passphraseFile = secret("poor", poor);
            final CommandRun run = newKey();
            assertEquals(2, run.exitCode(), poor);
            assertFalse(Files.exists(file));
        }
        assertTrue(CommandRun.of("operators", "new-key", "--out", file).error().contains("--passphrase-file"));
        assertEquals(2, CommandRun.of("operators", "new-key").exitCode());
    }

    @Test
    void shouldAskTwiceForANewPassphrase()
    {
        assertArrayEquals(PASSPHRASE.toCharArray(),
            Passphrase.choose(null, "anna.pem", new TypedTerminal(PASSPHRASE, PASSPHRASE)));
        assertThrows(CommandException.class,
            () -> Passphrase.choose(null, "anna.pem", new TypedTerminal(PASSPHRASE, PASSPHRASE + "!")));
        final TypedTerminal once = new TypedTerminal("short");
        assertArrayEquals("short".toCharArray(), Passphrase.read(null, "anna.pem", once));
        assertEquals(List.of("passphrase of anna.pem:"), once.questions());
        assertThrows(CommandException.class, () -> Passphrase.read(null, "anna.pem", new TypedTerminal("")));
    }

    @Test
    void shouldBeReadableByOpenssl() throws Exception
    {
        assumeOpenssl();
        final byte[] publicKey = create();
        assertArrayEquals(publicKey, openssl("pkey", "-in", file.toString(), "-passin", "file:" + passphraseFile,
            "-pubout", "-outform", "DER"));
    }

    @Test
    void shouldReadWhatOpensslMakesWithEnoughIterations() throws Exception
    {
        assumeOpenssl();
        final Path plain = temporary.resolve("plain.pem");
        openssl("genpkey", "-algorithm", "ed25519", "-out", plain.toString());
        final byte[] publicKey = openssl("pkey", "-in", plain.toString(), "-pubout", "-outform", "DER");
        encrypt(plain, "hmacWithSHA256", 700_000);
        try (OperatorKey key = OperatorKeyFile.read(file).open(PASSPHRASE.toCharArray()))
        {
            assertTrue(verifies(publicKey, key.sign(MESSAGE)));
        }
        encrypt(plain, "hmacWithSHA256", 599_999);
        assertOpens("has a passphrase of 599999 iterations");
        encrypt(plain, "hmacWithSHA512", 700_000);
        assertOpens("is encrypted otherwise");
        Files.setPosixFilePermissions(plain, PosixFilePermissions.fromString("rw-------"));
        assertTrue(assertThrows(CommandException.class, () -> OperatorKeyFile.read(plain)).getMessage()
            .contains("is not encrypted"));
    }

    private void assertOpens(final String complaint)
    {
        final CommandException ex = assertThrows(
            CommandException.class, () -> OperatorKeyFile.read(file).open(PASSPHRASE.toCharArray()));
        assertTrue(ex.getMessage().contains(complaint), ex.getMessage());
    }

    private void encrypt(final Path plain, final String prf, final int iterations) throws Exception
    {
        openssl("pkcs8", "-topk8", "-v2", "aes-256-cbc", "-v2prf", prf, "-iter", Integer.toString(iterations),
            "-in", plain.toString(), "-passout", "file:" + passphraseFile, "-out", file.toString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private byte[] create()
    {
        final CommandRun run = newKey();
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(1, run.lines().size());
        return Base64.getDecoder().decode(run.lines().getFirst());
    }

    private CommandRun newKey()
    {
        return CommandRun.of("operators", "new-key", "--out", file, "--passphrase-file", passphraseFile);
    }

    private Path secret(final String name, final String text) throws IOException
    {
        final Path secret = Files.writeString(temporary.resolve(name), text);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        return secret;
    }

    private static boolean verifies(final byte[] publicKey, final byte[] signature) throws Exception
    {
        final Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(publicKey)));
        verifier.update(MESSAGE);
        return verifier.verify(signature);
    }

    private static void assumeOpenssl() throws InterruptedException
    {
        try
        {
            Assumptions.assumeTrue(0 == new ProcessBuilder("openssl", "version").start().waitFor());
        }
        catch (final IOException ex)
        {
            Assumptions.abort("there is no openssl");
        }
    }

    private static byte[] openssl(final String... arguments) throws Exception
    {
        final String[] command = new String[arguments.length + 1];
        command[0] = "openssl";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        final Process process = new ProcessBuilder(command).start();
        final byte[] out = process.getInputStream().readAllBytes();
        final String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), err);
        return out;
    }
}
