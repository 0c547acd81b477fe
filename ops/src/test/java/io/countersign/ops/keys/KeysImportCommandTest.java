package io.countersign.ops.keys;

import io.countersign.ops.CommandRun;
import io.countersign.ops.Countersign;
import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.hsm.SoftHsmFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static org.junit.jupiter.api.Assertions.*;

@Timeout(120)
class KeysImportCommandTest
{
    /** RFC 4231, section 4.2: the key of test case 1. */
    private static final String RFC_4231_KEY = "0b".repeat(20);

    /** RFC 8032, section 7.1, test 1: secret key, in the PKCS#8 form of RFC 8410, and the public key. */
    private static final String RFC_8032_SECRET = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    private static final String RFC_8032_PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    private static final String PKCS8_PREFIX = "302e020100300506032b657004220420";
    private static final String SPKI_PREFIX = "302a300506032b6570032100";

    private static final String SECP256K1_SPKI = "3056301006072a8648ce3d020106052b8104000a03420004" +
        "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798" +
        "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";

    @TempDir
    private Path temporary;
    private Path module;
    private Path pinFile;
    private Path officerPinFile;

    @BeforeEach
    void setUp() throws IOException
    {
        module = SoftHsmFixture.modulePath();
        Files.createDirectories(temporary.resolve("tokens"));
        Files.writeString(temporary.resolve("softhsm2.conf"),
            "directories.tokendir = " + temporary.resolve("tokens") + "\nobjectstore.backend = file\n");
        pinFile = secretFile("pin", "user-pin-1\n");
        officerPinFile = secretFile("so-pin", "officer-pin-1\n");
    }

    @Test
    void shouldInitialiseATokenAndImportKeys() throws Exception
    {
        final CommandRun noPin = run("", "token", "init", "--module", module, "--label", "trading",
            "--pin-file", pinFile, "--so-pin-file", temporary.resolve("none"));
        assertEquals(2, noPin.exitCode(), noPin.err());
        assertTrue(noPin.error().contains("does not exist"), noPin.err());
        final CommandRun init = run("", "token", "init", "--module", module, "--label", "trading",
            "--pin-file", pinFile, "--so-pin-file", officerPinFile);
        assertEquals(0, init.exitCode(), init.err());
        assertTrue(init.out().contains("token trading is initialised"), init.out());

        final CommandRun hmac = importKey("", "01", "HMAC-SHA256",
            "--secret-file", secretFile("secret", RFC_4231_KEY + "\n"), "--secret-encoding", "hex",
            "--venue", "binance-spot", "--api-key", "public-id");
        assertEquals(0, hmac.exitCode(), hmac.err());
        assertEquals(List.of("  - alias: key-01", "    version: 1", "    id: \"01\"", "    algorithm: HMAC-SHA256",
            "    check-value: \"" + checkValue() + "\"", "    venue: binance-spot", "    api-key: public-id"),
            hmac.lines());
        assertReadableByTheGateway(hmac.lines());

        final byte[] pkcs8 = HexFormat.of().parseHex(PKCS8_PREFIX + RFC_8032_SECRET);
        final String publicKey = "    public-key: \"" + Base64.getEncoder().encodeToString(
            HexFormat.of().parseHex(SPKI_PREFIX + RFC_8032_PUBLIC)) + "\"";
        Files.write(temporary.resolve("der"), pkcs8);
        final CommandRun der = importKey("", "02", "Ed25519", "--pkcs8-file", temporary.resolve("der"));
        assertTrue(der.lines().contains(publicKey), der.err());
        assertTrue(der.out().contains("# venue: still to be named"), der.out());
        final CommandRun base64 = importKey(
            Base64.getMimeEncoder(20, new byte[]{'\n'}).encodeToString(pkcs8) + "\n", "03", "Ed25519");
        assertTrue(base64.lines().contains(publicKey), base64.err());

        // A wallet's number, with and without 0x, from standard input by its name and from a file; of it the public key
        // is known: the generator of secp256k1 (SEC 2, section 2.4.1).
        final String one = "0".repeat(63) + "1";
        for (final CommandRun hex : List.of(
            importKey("0x" + one + "\n", "05", "ECDSA-secp256k1-Keccak256", "--key-encoding", "hex",
                "--pkcs8-file", "-"),
            importKey("", "06", "ECDSA-secp256k1-SHA256", "--key-encoding", "hex",
                "--pkcs8-file", secretFile("hex", one + "\r\n"))))
        {
            assertTrue(hex.lines().contains("    public-key: \"" + Base64.getEncoder().encodeToString(
                HexFormat.of().parseHex(SECP256K1_SPKI)) + "\""), hex.out() + hex.err());
        }

        final CommandRun twice = importKey("x", "01", "HMAC-SHA256");
        assertEquals(3, twice.exitCode());
        assertTrue(twice.error().contains("already"), twice.err());
        Files.setPosixFilePermissions(pinFile, PosixFilePermissions.fromString("rw-r--r--"));
        final CommandRun open = importKey("x", "04", "HMAC-SHA256");
        assertEquals(2, open.exitCode(), open.err());
        assertTrue(open.error().contains("is open to others"), open.err());
    }

    @Test
    void shouldRefuseRandomBytesAsText() throws Exception
    {
        final byte[] random = HexFormat.of().parseHex("f1".repeat(31) + "0a");
        final byte[] control = "a secret\twith a tab".getBytes(StandardCharsets.US_ASCII);
        for (final byte[] bytes : List.of(random, control, new byte[]{(byte) 0xc2, (byte) 0x85}))
        {
            final CommandRun run = importHere("--id", "01", "--algorithm", "HMAC-SHA256",
                "--secret-file", Files.write(temporary.resolve("random"), bytes));
            assertEquals(2, run.exitCode());
            assertEquals("countersign: " + temporary.resolve("random") + " is no text (control characters or no " +
                "UTF-8): write the secret in hexadecimal or base64 and give --secret-encoding hex or base64",
                run.error());
        }
        final Path encoded = secretFile("encoded", Base64.getEncoder().encodeToString(random) + "\n");
        assertArrayEquals(random, SecretInput.secret(encoded, SecretInput.Encoding.base64));
        assertEquals("schlüssel", new String(SecretInput.secret(
            secretFile("text", "schlüssel\r\n"), SecretInput.Encoding.text), StandardCharsets.UTF_8));
    }

    @Test
    void shouldSayInOneLineWhatIsWrongAndNeverTheSecret() throws Exception
    {
        final Path secret = secretFile("secret", "not-hex-but-secret");
        final CommandRun encoding = importHere("--id", "01", "--algorithm", "HMAC-SHA256",
            "--secret-file", secret, "--secret-encoding", "hex");
        assertEquals(2, encoding.exitCode());
        assertFalse(encoding.error().contains("not-hex"), encoding.err());
        final CommandRun noKey = importHere("--id", "01", "--algorithm", "Ed25519", "--pkcs8-file", secret);
        assertEquals(2, noKey.exitCode());
        assertFalse(noKey.error().contains("not-hex"), noKey.err());
        assertEquals(2, importHere("--id", "1", "--algorithm", "Ed25519", "--pkcs8-file", secret).exitCode());
        assertEquals(2, importHere("--id", "01", "--algorithm", "RC4", "--secret-file", secret).exitCode());
        assertEquals(2, importHere("--id", "01", "--algorithm", "Ed25519", "--secret-file", secret).exitCode());
        assertEquals(2, importHere("--id", "01", "--algorithm", "HMAC-SHA256", "--secret-file",
            temporary.resolve("none")).exitCode());
        assertEquals(2, CommandRun.of("keys", "import").exitCode());
    }

    @Test
    void shouldRefuseNumbersThatAreNoKeyAndSecretsWithoutAByte() throws Exception
    {
        final String order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
        for (final String number : List.of("", "0x", "00".repeat(32), order, "ff".repeat(32), "01".repeat(31),
            "01".repeat(33), "zz".repeat(32)))
        {
            final CommandRun run = importHere("--id", "01", "--algorithm", "ECDSA-secp256k1-SHA256",
                "--key-encoding", "hex", "--pkcs8-file", secretFile("number", number));
            assertEquals(2, run.exitCode(), number);
            assertEquals("countersign: " + temporary.resolve("number") + " holds no key of ECDSA-secp256k1-SHA256 in " +
                "hexadecimal: expected 64 digits of a number from 1 to the order of the curve", run.error());
        }
        assertEquals("countersign: --key-encoding hex is for ECDSA keys, not for Ed25519",
            importHere("--id", "01", "--algorithm", "Ed25519", "--key-encoding", "hex",
            "--pkcs8-file", secretFile("number", order)).error());
        for (final SecretInput.Encoding encoding : SecretInput.Encoding.values())
        {
            for (final String nothing : List.of("", "\n", "\r\n"))
            {
                final CommandRun run = importHere("--id", "01", "--algorithm", "HMAC-SHA384",
                    "--secret-file", secretFile("secret", nothing), "--secret-encoding", encoding);
                assertEquals(2, run.exitCode());
                assertEquals("countersign: " + temporary.resolve("secret") + " is empty", run.error());
            }
        }
        assertEquals(1, SecretInput.secret(secretFile("secret", "ff"), SecretInput.Encoding.hex).length);
    }

    private void assertReadableByTheGateway(final List<String> keyLines) throws ConfigException
    {
        final String text = """
            gateway: {ingresses: [{name: ipc:bots, aeron-directory: aeron}], journal-directory: journal}
            token: {module: %s, label: trading, pin-file: pin}
            authentication: {master-key: {alias: master, id: "0f", check-value: ffeeddccbbaa99887766554433221100}}
            keys:
            %s
            policy: policy.yaml
            """.formatted(module, String.join("\n", keyLines));
        assertEquals("key-01", ConfigReader.of(temporary.resolve("gateway.yaml"), text).keys().get(0).spec().alias());
    }

    private CommandRun importHere(final Object... options)
    {
        final List<Object> arguments = new ArrayList<>(List.of("keys", "import", "--module", module, "--token", "none",
            "--pin-file", pinFile, "--alias", "key"));
        arguments.addAll(Arrays.asList(options));
        return CommandRun.of(arguments.toArray());
    }

    private CommandRun importKey(
        final String input, final String id, final String algorithm, final Object... options) throws Exception
    {
        final List<Object> arguments = new ArrayList<>(List.of("keys", "import", "--module", module, "--token",
            "trading", "--pin-file", pinFile, "--alias", "key-" + id, "--id", id, "--algorithm", algorithm));
        arguments.addAll(Arrays.asList(options));
        return run(input, arguments.toArray());
    }

    /** In a process of its own, because the token library reads its environment. */
    private CommandRun run(final String input, final Object... arguments) throws Exception
    {
        final List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of(System.getProperty("countersign.root"), "config", "jvm.args"),
            "-Djava.io.tmpdir=" + temporary,
            "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Countersign.class.getName()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        final Path out = temporary.resolve("out");
        final Path err = temporary.resolve("err");
        final ProcessBuilder builder = new ProcessBuilder(command)
            .redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("SOFTHSM2_CONF", temporary.resolve("softhsm2.conf").toString());
        final Process process = builder.start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().close();
        return new CommandRun(process.waitFor(), Files.readString(out), Files.readString(err));
    }

    private Path secretFile(final String name, final String text) throws IOException
    {
        final Path file = temporary.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    private static String checkValue() throws Exception
    {
        final Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(HexFormat.of().parseHex(RFC_4231_KEY), "HmacSHA256"));
        final byte[] value = mac.doFinal("countersign key check, version 1".getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(value, 0, 16);
    }
}
