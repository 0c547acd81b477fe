package io.countersign.perf.process;

import io.countersign.client.BlockingClient;
import io.countersign.hsm.RawToken;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SoftHsmFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What an operator may get wrong: one line that says what and where, the right exit code, nothing left behind.
 */
@Timeout(60)
class BadInputTest
{
    private static final int OK = 0;
    private static final int CONFIGURATION = 2;
    private static final int TOKEN = 3;

    private static ProcessFixture fixture;

    @BeforeAll
    static void beforeAll() throws Exception
    {
        fixture = new ProcessFixture(BadInputTest.class);
    }

    @AfterAll
    static void afterAll()
    {
        fixture.close();
    }

    @Test
    void shouldShowHowItIsUsed()
    {
        final GatewayJvm none = fixture.start(new String[0]);
        assertEquals(CONFIGURATION, none.awaitExit(), none::describe);
        assertEquals(List.of(), none.out());
        assertTrue(none.err().getFirst().startsWith("Usage: countersign-gateway"), none::describe);

        final GatewayJvm unknown = fixture.start("--unknown");
        assertEquals(CONFIGURATION, unknown.awaitExit(), unknown::describe);
        assertEquals(none.err(), unknown.err());

        final GatewayJvm help = fixture.start("--help");
        assertEquals(OK, help.awaitExit(), help::describe);
        assertEquals(List.of(), help.err());
        assertEquals(none.err(), help.out());
    }

    @Test
    void shouldPrintItsVersion()
    {
        final GatewayJvm version = fixture.start("--version");
        assertEquals(OK, version.awaitExit(), version::describe);
        assertEquals(List.of(), version.err());
        assertEquals(1, version.out().size(), version::describe);
        assertTrue(version.out().getFirst().matches("countersign-gateway [0-9]+\\.[0-9]+\\.[0-9]+\\S*"),
            version::describe);
    }

    @Test
    void shouldRefuseConfigurationThatIsNotThere()
    {
        refused(fixture.directory().resolve("missing.yaml"), CONFIGURATION, "missing.yaml", "no such");
    }

    @Test
    void shouldRefuseConfigurationThatCannotBeRead() throws Exception
    {
        refused(Files.createDirectories(fixture.directory().resolve("directory.yaml")), CONFIGURATION,
            "directory.yaml", "cannot be read");
    }

    @Test
    void shouldNameTheLineOfAMistake()
    {
        refused(fixture.changed("mistake.yaml", "idle: backoff", "idle: sleep"), CONFIGURATION,
            "mistake.yaml:6", "spin, yield or backoff");
        refused(fixture.changed("syntax.yaml", "  idle: backoff", "  idle: [backoff"), CONFIGURATION, "syntax.yaml:");
        refused(fixture.changed("path.yaml", "journal-directory: journal", "journal-directory: \"jour\\0nal\""),
            CONFIGURATION, "path.yaml:5", "journal-directory");
        refused(fixture.changed("deep.yaml", "idle: backoff", "idle: " + "[".repeat(100_000)),
            CONFIGURATION, "deep.yaml");
        refused(fixture.changed("pinned.yaml", publicKey(), "AAAA"), CONFIGURATION, "pinned.yaml:", "ed25519");
    }

    @Test
    void shouldRefuseModuleThatIsNotThere()
    {
        refused(fixture.changed("module.yaml", SoftHsmFixture.modulePath().toString(), "/nowhere/libpkcs11.so"),
            TOKEN, "/nowhere/libpkcs11.so");
    }

    @Test
    void shouldRefuseModuleThatIsNoLibrary()
    {
        final Path text = fixture.write("text.so", "no library at all");
        refused(fixture.changed("no-library.yaml", SoftHsmFixture.modulePath().toString(), text.toString()),
            TOKEN, text.toString());
    }

    @Test
    void shouldRefuseLibraryThatIsNoModule()
    {
        final Path library = Path.of(System.getProperty("java.home"), "lib", "libzip.so");
        assertTrue(Files.exists(library), library.toString());
        refused(fixture.changed("no-module.yaml", SoftHsmFixture.modulePath().toString(), library.toString()),
            TOKEN, library.toString());
    }

    @Test
    void shouldRefuseTokenThatIsNotThere()
    {
        refused(fixture.changed("label.yaml", "label: " + fixture.token().tokenLabel(), "label: no-such-token"),
            TOKEN, "\"no-such-token\"", "\"" + fixture.token().tokenLabel() + "\"");
    }

    @Test
    void shouldRefuseWrongPin()
    {
        final Path pin = SoftHsmFixture.secretFile("wrong.pin", "87654321");
        final GatewayJvm gateway = refused(
            fixture.changed("pin.yaml", fixture.token().pinFile().toString(), pin.toString()), TOKEN, pin.toString());
        assertFalse(gateway.err().getFirst().contains("87654321"), "the PIN is shown");
    }

    @Test
    void shouldRefusePinFileThatOthersCanRead() throws Exception
    {
        final Path pin = SoftHsmFixture.secretFile("open.pin", "87654321");
        Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-r--r--"));
        final GatewayJvm gateway = refused(
            fixture.changed("open-pin.yaml", fixture.token().pinFile().toString(), pin.toString()),
            TOKEN, pin.toString(), "chmod 600");
        assertFalse(gateway.err().getFirst().contains("87654321"), "the PIN is shown");
    }

    @Test
    void shouldRefuseMissingPinFile()
    {
        refused(fixture.changed("no-pin.yaml", fixture.token().pinFile().toString(), "/nowhere/pin"),
            TOKEN, "/nowhere/pin");
    }

    @Test
    void shouldRefuseKeyThatIsNotThere()
    {
        refused(withHmacId("missing-key.yaml", new byte[]{ 0x7F, 0x01 }), TOKEN, "hmac", "not found");
    }

    @Test
    void shouldRefuseKeyThatIsThereTwice() throws Exception
    {
        final byte[] id = { 0x7F, 0x02 };
        try (RawToken token = new RawToken(fixture.token()))
        {
            token.createSecret(id, SigningAlgorithm.HMAC_SHA256, ProcessFixture.secret());
            token.createSecret(id, SigningAlgorithm.HMAC_SHA256, ProcessFixture.secret());
        }
        refused(withHmacId("twice.yaml", id), TOKEN, "hmac", "2 times");
    }

    @Test
    void shouldRefuseKeyThatCanLeaveTheToken() throws Exception
    {
        final byte[] id = { 0x7F, 0x03 };
        try (RawToken token = new RawToken(fixture.token()))
        {
            token.createSecret(id, SigningAlgorithm.HMAC_SHA256, ProcessFixture.secret(),
                PKCS11Constants.CKA_EXTRACTABLE, true);
        }
        refused(withHmacId("extractable.yaml", id), TOKEN, "hmac", "extractable");
    }

    @Test
    void shouldRefuseKeyThatIsNotThePinnedOne() throws Exception
    {
        final String other = Base64.getEncoder().encodeToString(
            KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic().getEncoded());
        refused(fixture.changed("pinned-key.yaml", publicKey(), other), TOKEN, "ed25519", "public key");
        refused(fixture.changed("check-value.yaml",
            HexFormat.of().formatHex(fixture.hmac().pinned()), "00".repeat(16)), TOKEN, "hmac", "check value");
    }

    @Test
    void shouldRefuseJournalDirectoryThatCannotBeMade()
    {
        final Path file = fixture.write("file", "not a directory");
        refused(fixture.changed("journal.yaml", "journal-directory: journal", "journal-directory: " + file),
            CONFIGURATION, file.toString());
        refused(fixture.changed(
            "below.yaml", "journal-directory: journal", "journal-directory: " + file.resolve("journal")),
            CONFIGURATION, file.resolve("journal").toString());
        refused(fixture.changed("proc.yaml", "journal-directory: journal", "journal-directory: /proc/journal"),
            CONFIGURATION, "/proc/journal");
    }

    @Test
    void shouldRefuseDirectoriesOfARunningGateway() throws Exception
    {
        final String own = "aeron-directory: aeron\n  journal-directory: journal";
        final Path first = fixture.changed(
            "first.yaml", own, "aeron-directory: aeron-first\n  journal-directory: journal-first");
        final GatewayJvm serving = fixture.start(first.toString());
        serving.awaitReady();

        assertRefused(fixture.start(fixture.changed("second.yaml", own,
            "aeron-directory: aeron-second\n  journal-directory: journal-first").toString()), CONFIGURATION,
            "journal-first", "in use", String.valueOf(serving.pid()));
        assertFalse(Files.exists(fixture.directory().resolve("aeron-second")), "a driver's directory is left");
        assertRefused(fixture.start(fixture.changed("third.yaml", own,
            "aeron-directory: aeron-first\n  journal-directory: journal-third").toString()), CONFIGURATION,
            "aeron-first", "in use");
        assertRefused(fixture.start(first.toString()), CONFIGURATION, "in use");

        try (BlockingClient client = BlockingClient.connect(fixture.clientContext(ProcessFixture.HMAC_MAKER)
            .aeronDirectoryName(fixture.directory().resolve("aeron-first").toString())))
        {
            final String query = client.newOrder((order) -> OrderBot.fill(order, "hmac", "still-served")).query();
            assertTrue(query.endsWith(JournalAudit.expectedHmac(query)), query);
        }
        assertEquals(OK, serving.terminate().awaitExit(), serving::describe);
        final JournalAudit audit = JournalAudit.read(fixture.directory().resolve("journal-first"));
        assertEquals(1, audit.assertSound("served").lives().size());
        assertTrue(audit.isSealed());
    }

    @Test
    void shouldLeaveForeignDirectoriesAlone() throws Exception
    {
        final Path foreign = Files.createDirectories(fixture.directory().resolve("foreign"));
        final Path precious = Files.writeString(foreign.resolve("precious"), "to be kept");
        refused(fixture.changed("foreign.yaml", "aeron-directory: aeron", "aeron-directory: foreign"),
            CONFIGURATION, foreign.toString());
        assertEquals("to be kept", Files.readString(precious));

        final Path file = fixture.write("aeron-file", "to be kept");
        refused(fixture.changed("aeron-file.yaml", "aeron-directory: aeron", "aeron-directory: aeron-file"),
            CONFIGURATION, file.toString());
        assertEquals("to be kept", Files.readString(file));

        refused(fixture.changed("aeron-below.yaml", "aeron-directory: aeron", "aeron-directory: aeron-file/aeron"),
            CONFIGURATION, file.resolve("aeron").toString());
    }

    @Test
    void shouldRefuseGroupThatDoesNotExist()
    {
        refused(fixture.changed(
            "group.yaml", "aeron-directory: aeron", "aeron-directory: aeron\n      group: no-such-group"),
            CONFIGURATION, "no-such-group");
    }

    private static Path withHmacId(final String name, final byte[] id)
    {
        return fixture.changed(name,
            "id: \"" + HexFormat.of().formatHex(fixture.hmac().id()) + "\"",
            "id: \"" + HexFormat.of().formatHex(id) + "\"");
    }

    private static String publicKey()
    {
        return Base64.getEncoder().encodeToString(fixture.ed25519().pinned());
    }

    private static GatewayJvm refused(final Path config, final int exitCode, final String... named)
    {
        final GatewayJvm gateway = fixture.start(config.toString());
        assertRefused(gateway, exitCode, named);
        assertFalse(Files.exists(fixture.aeron()), "a driver's directory is left");
        if (Files.exists(fixture.journal()))
        {
            assertEquals(0, fixture.audit().lastSequence(), "something was recorded");
        }
        return gateway;
    }

    private static void assertRefused(final GatewayJvm gateway, final int exitCode, final String... named)
    {
        assertEquals(exitCode, gateway.awaitExit(), gateway::describe);
        assertEquals(List.of(), gateway.out());
        assertEquals(1, gateway.err().size(), gateway::describe);
        final String line = gateway.err().getFirst();
        assertTrue(line.startsWith("countersign gateway: "), line);
        assertFalse(line.contains("Exception"), line);
        for (final String name : named)
        {
            assertTrue(line.contains(name), () -> "'" + name + "' is not in: " + line);
        }
    }
}
