package io.countersign.gateway.config;

import io.countersign.hsm.PinSource;
import io.countersign.hsm.SigningAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ConfigReaderTest
{
    static final String GOOD = """
        gateway:
          ingresses: [{name: ipc:bots, aeron-directory: aeron}]
          journal-directory: journal
          idle: spin
          max-sessions: 17
        token:
          module: /usr/lib/token.so
          label: trading
          pin-file: secrets/pin
        keys:
          - alias: main
            version: 2
            id: "0aFF"
            algorithm: HMAC-SHA256
            check-value: 000102030405060708090a0b0c0d0e0f
            venue: binance-spot
            api-key: abc
            example-timestamp-ms: 1499827319559
          - alias: second
            id: "01"
            algorithm: Ed25519
            public-key: AAEC
            venue: binance-spot
            api-key: def
        policy: policies/policy.yaml
        authentication:
          master-key:
            alias: master
            id: "0f"
            check-value: ffeeddccbbaa99887766554433221100
        """;

    private static final Path FILE = Path.of("conf", "gateway.yaml");

    @TempDir
    private Path directory;

    @Test
    void shouldReadAGoodConfiguration() throws Exception
    {
        final GatewayConfig config = ConfigReader.of(FILE, GOOD);
        final Path base = FILE.toAbsolutePath().getParent();
        assertEquals(
            List.of(new IngressConfig("ipc:bots", base.resolve("aeron"), null, null, 0)), config.ingresses());
        assertEquals(base.resolve("journal"), config.journalDirectory());
        assertEquals(PinSource.file(base.resolve("secrets/pin")), config.tokens().getFirst().pin());
        assertEquals(Path.of("/usr/lib/token.so"), config.tokens().getFirst().module());
        assertEquals("trading", config.tokens().getFirst().label());
        assertEquals(IdleMode.SPIN, config.idle());
        assertEquals(17, config.maxSessions());
        assertEquals(17, config.maxSessionsPerPrincipal(), "32 unless there are fewer");
        assertEquals(GOOD, config.text());
        assertEquals(List.of("main", "second"), config.keys().stream().map((key) -> key.spec().alias()).toList());
        assertEquals(2, config.keys().get(0).spec().version());
        assertEquals(1, config.keys().get(1).spec().version());
        assertEquals(SigningAlgorithm.ED25519, config.keys().get(1).spec().algorithm());
        assertEquals(1499827319559000000L, config.keys().get(0).venueKey().utcNs(5));
        assertEquals(5, config.keys().get(1).venueKey().utcNs(5));
        assertEquals(base.resolve("policies/policy.yaml"), config.policyFile());
    }

    @Test
    void shouldReadWhatTheJournalIsToSurvive() throws Exception
    {
        assertEquals(new JournalConfig(false, 64), ConfigReader.of(FILE, GOOD).journal());
        assertEquals(new JournalConfig(true, 64), journal("durability: disk"));
        assertEquals(new JournalConfig(false, 32), journal("durability: process, reserve-mib: 32"));
        for (final String bad : new String[]{"durability: quorum", "durability: ", "reserve-mib: 31", "sync: always"})
        {
            final ConfigException refused = assertThrows(ConfigException.class, () -> journal(bad));
            assertTrue(refused.getMessage().contains(bad.substring(0, bad.indexOf(':'))), refused.getMessage());
        }
    }

    private static JournalConfig journal(final String fields) throws ConfigException
    {
        return ConfigReader.of(FILE, GOOD + "\njournal: {" + fields + "}\n").journal();
    }

    @Test
    void shouldReadTheSample() throws Exception
    {
        final Path sample = Path.of(System.getProperty("countersign.root"), "config", "gateway-sample.yaml");
        final GatewayConfig config = ConfigReader.read(sample);
        assertTrue(config.keys().size() > 0);
        assertTrue(PolicyReader.read(config).principals().size() > 0);
    }

    @Test
    void shouldReadWhereThePinComesFrom() throws ConfigException
    {
        final Path base = FILE.toAbsolutePath().getParent();
        assertEquals("the environment variable TOKEN_PIN", pin("pin-env: TOKEN_PIN"));
        assertEquals("the credential token.pin", pin("pin-credential: token.pin"));
        assertEquals(base.resolve("mnt/pin").toString(), pin("pin-mount: mnt/pin"));
    }

    private static String pin(final String line) throws ConfigException
    {
        return ConfigReader.of(FILE, GOOD.replace("pin-file: secrets/pin", line)).tokens().getFirst().pin().toString();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void shouldPointAtTheMistake(final String good, final String bad, final String position, final String what)
    {
        assertTrue(GOOD.contains(good), good);
        assertRefused(
            GOOD.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad)), position, what);
    }

    /** What is changed, into what, where the complaint points, what it says. */
    static List<Arguments> mistakes()
    {
        return List.of(
            Arguments.of("idle: spin", "idel: spin", "4:3",
                "unknown field 'idel' in 'gateway'; expected one of: ingresses"),
            Arguments.of("token:", "tokenz:", "6:1", "unknown field 'tokenz'"),
            Arguments.of("  idle: spin", "  idle: fast", "4:9", "'idle' is 'fast'; expected spin, yield or backoff"),
            Arguments.of("max-sessions: 17", "max-sessions: 0", "5:17", "expected a whole number from 1 to 1024"),
            Arguments.of("max-sessions: 17", "max-sessions: 1025", "5:17", "expected a whole number from 1 to 1024"),
            Arguments.of("max-sessions: 17", "max-sessions: 1e3", "5:17", "'max-sessions' is '1e3'"),
            Arguments.of("max-sessions: 17", "max-sessions: \u0663", "5:17", "expected a whole number"),
            Arguments.of("max-sessions: 17", "max-sessions: +3", "5:17", "expected a whole number"),
            Arguments.of("max-sessions: 17", "max-sessions: 17\n  max-sessions-per-principal: 18", "6:31",
                "expected a whole number from 1 to 17"),
            Arguments.of("  label: trading", "  pin: x", "8:3", "unknown field 'pin' in 'token'"),
            Arguments.of("  pin-file: secrets/pin\n", "", "7:3", "'token' has no PIN; expected one of pin-file, " +
                "pin-credential, pin-mount, pin-env"),
            Arguments.of("  pin-file: secrets/pin", "  pin-file: secrets/pin\n  pin-env: PIN", "10:12",
                "'pin-env' stands beside 'pin-file'; expected only one of"),
            Arguments.of("pin-file: secrets/pin", "pin-env: 12-34", "9:12",
                "'pin-env' is no name; expected the name of an environment variable, never the PIN itself"),
            Arguments.of("pin-file: secrets/pin", "pin-credential: a/b", "9:19",
                "'pin-credential' is no name; expected the name of a systemd credential"),
            Arguments.of("  label: trading\n", "", "7:3", "'token' has no 'label'; expected the token's label"),
            Arguments.of("  label: trading", "  label: []", "8:10", "'label' has no value"),
            Arguments.of("  label: trading", "  label:", "8:9", "'label' has no value"),
            Arguments.of("alias: second", "alias: main", "19:12", "the key 'main' stands twice"),
            Arguments.of("    version: 2", "    alias: x", "12:5", "twice"),
            Arguments.of("id: \"0aFF\"", "id: 0aF", "13:9", "'id' is not the CKA_ID in hexadecimal digits"),
            Arguments.of("id: \"0aFF\"", "id: xyz", "13:9", "'id' is not the CKA_ID in hexadecimal digits"),
            Arguments.of("version: 2", "version: 0", "12:14", "expected a whole number from 1 to 2147483647"),
            Arguments.of("HMAC-SHA256", "HMAC-SHA-256", "14:16", "expected one of HMAC-SHA256"),
            Arguments.of("Ed25519", "ECDSA-P256-SHA256", "21:16", "ECDSA"),
            Arguments.of("000102030405060708090a0b0c0d0e0f", "0001", "15:18",
                "'check-value' is not 32 hexadecimal digits"),
            Arguments.of("000102030405060708090a0b0c0d0e0f", "zz", "15:18",
                "'check-value' is not 32 hexadecimal digits"),
            Arguments.of("check-value: 000102030405060708090a0b0c0d0e0f", "public-key: AAEC", "15:17",
                "expected 'check-value' instead"),
            Arguments.of("public-key: AAEC", "check-value: 00", "22:18", "expected 'public-key' instead"),
            Arguments.of("public-key: AAEC", "public-key: '****'", "22:17", "base64"),
            Arguments.of("venue: binance-spot", "venue: binance", "16:12", "expected one of binance-spot"),
            Arguments.of("api-key: abc", "api-key: 'a b'", "17:14", "printable ASCII without spaces"),
            Arguments.of("1499827319559", "99999999999999", "18:27", "at least a day ago"),
            Arguments.of("1499827319559", "-1", "18:27", "expected a whole number from 1"),
            Arguments.of("policy: policies/policy.yaml", "principals: []", "25:1", "unknown field 'principals'"),
            Arguments.of("policy: policies/policy.yaml\n", "", "1:1", "has no 'policy'"));
    }

    @Test
    void shouldRefuseATimestampThatIsStillGoodAtTheVenue()
    {
        final long nowMs = System.currentTimeMillis();
        assertRefused(GOOD.replace("1499827319559", "" + nowMs), "18:27", "at least a day ago");
        assertRefused(
            GOOD.replace("1499827319559", "" + (nowMs - 23 * 3_600_000)), "18:27", "at least a day ago");
        assertRefused(GOOD.replace("1499827319559", "" + Long.MAX_VALUE), "18:27", "at least a day ago");
    }

    @Test
    void shouldRefuseWhatIsNotYaml()
    {
        assertRefused("", "1:1", "is empty");
        assertRefused("# nothing\n", "1:1", "is empty");
        assertRefused("just text", "1:1", "expected the configuration to be a mapping");
        assertRefused("- a\n- b\n", "1:1", "expected the configuration to be a mapping");
        assertRefused("gateway: [1, 2", null, "not YAML: ");
        assertRefused(GOOD.replace("  idle: spin", "\tidle: spin"), null, "not YAML: ");
        assertRefused(GOOD + "---\n" + GOOD, null, "not YAML: ");
        assertRefused(GOOD + "gateway: {}\n", null, "twice");
        assertRefused("? [a]\n: b\n", "1:3", "expected a field name");
        assertRefused("gateway: \"\\0\"\n\u0000", "2:1", "not YAML: the character U+0000 stands here; expected");
        assertRefused("\uFEFFa: \uD83D\uDE00b\u0007", "1:6", "not YAML: the character U+0007 stands here");
    }

    @Test
    void shouldRefuseAliasesThatMultiply()
    {
        final StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 30; i++)
        {
            bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
        }
        assertRefused(bomb.toString(), "2:10", "*a0 stands for a mapping or a list that is written elsewhere");
        assertRefused("gateway: &g\n  ingresses: *g\n", "2:14", "*g stands for a mapping");
        assertRefused("gateway: *g\n", "1:10", "undefined alias");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? ", "&a ", "!a [", "'", "\"\\", "[["})
    void shouldRefuseWhatIsNestedWithoutEnd(final String part)
    {
        assertRefused("gateway: \n  " + part.repeat(100_000), null, "");
    }

    @Test
    void shouldRefuseTextsThatCannotBePathsOrNames()
    {
        assertRefused(GOOD.replace("directory: aeron", "directory: \"a\\0b\""), "2:49", "aeron-directory");
        assertRefused(GOOD.replace("label: trading", "label: \"a\\nb\""), "8:10", "label");
        assertRefused(GOOD.replace("alias: second", "alias: \"a\\nb\""), "19:12", "control characters");
        assertRefused(GOOD.replace("alias: second", "alias: " + "\u00fc".repeat(33)), "19:12", "64 bytes");
        assertRefused(GOOD.replace("alias: second", "alias: \"\\ud800\""), null, "");
        assertRefused(GOOD.replace("idle: spin", "\"i\\nd\\e[31mle\": spin"), "4:3", "unknown field");
        assertRefused(GOOD.replace("idle: spin", "idle: \"i\\nd\\e[31mle\""), "4:9", "expected spin");
    }

    @Test
    void shouldRefuseFilesThatCannotBeRead() throws IOException
    {
        final Path file = directory.resolve("gateway.yaml");
        assertMessage(read(file), file + ": there is no such configuration file");
        assertMessage(read(directory), directory + ": cannot be read: ");
        Files.write(file, new byte[]{'a', ':', ' ', (byte) 0xC3, '('});
        assertMessage(read(file), file + ":1:4: is not UTF-8 text from here on; expected UTF-8");
        Files.write(file, new byte[]{(byte) 0xC3, (byte) 0xBC, '\r', '\n', '\r', 'a', (byte) 0xE2, (byte) 0x82});
        assertMessage(read(file), file + ":3:2: is not UTF-8 text");
        Files.write(file, new byte[0]);
        assertMessage(read(file), file + ":1:1: is empty");
        Files.writeString(file, "\uFEFF" + GOOD, StandardCharsets.UTF_8);
        assertEquals(2, assertReads(file).keys().size());
    }

    /** The journal keeps the text in a record of at most 1 MiB of it, counted in bytes. */
    @Test
    void shouldRefuseWhatTheJournalCannotKeep() throws Exception
    {
        final int room = (1 << 20) - GOOD.length() - 3;
        assertEquals(2, ConfigReader.of(FILE, GOOD + "# " + "x".repeat(room) + "\n").keys().size());
        assertRefused(GOOD + "# " + "x".repeat(room + 1) + "\n", null, "1048576");
        assertRefused(GOOD + "# " + "\u00fc".repeat(room / 2 + 1) + "\n", null, "1048576");
        assertMessage(read(Path.of("/dev/zero")), "/dev/zero: ");
    }

    static void assertOneLine(final String message)
    {
        assertTrue(message.chars().noneMatch((c) -> Character.isISOControl(c) || 0x2028 == c || 0x202E == c),
            () -> "more than a line: " + message);
        assertTrue(message.length() < 2000, () -> "too long: " + message);
    }

    private static void assertRefused(final String text, final String position, final String what)
    {
        final ConfigException refusal = assertThrows(ConfigException.class, () -> ConfigReader.of(FILE, text));
        final String message = refusal.getMessage();
        assertOneLine(message);
        final String where = null == position ? FILE + ":" : FILE + ":" + position + ": ";
        assertTrue(message.startsWith(where), () -> "expected " + where + " in: " + message);
        assertTrue(message.contains(what), () -> "expected '" + what + "' in: " + message);
    }

    private static ConfigException read(final Path file)
    {
        return assertThrows(ConfigException.class, () -> ConfigReader.read(file));
    }

    private static GatewayConfig assertReads(final Path file) throws IOException
    {
        try
        {
            return ConfigReader.read(file);
        }
        catch (final ConfigException ex)
        {
            throw new AssertionError(ex);
        }
    }

    private static void assertMessage(final ConfigException refusal, final String start)
    {
        assertOneLine(refusal.getMessage());
        assertTrue(refusal.getMessage().startsWith(start), refusal.getMessage());
    }
}
