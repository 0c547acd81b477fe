package io.countersign.ops.keys;

import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.keys.OpenRegister;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.KeyState;
import io.countersign.gateway.register.KeyTraits;
import io.countersign.gateway.register.KeyUse;
import io.countersign.gateway.register.Register;
import io.countersign.gateway.register.RegisterException;
import io.countersign.gateway.register.RegisterFile;
import io.countersign.gateway.register.RegisterLock;
import io.countersign.gateway.register.VenueBinding;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.PinSource;
import io.countersign.hsm.RawToken;
import io.countersign.hsm.RegisterKey;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SoftHsmFixture;
import io.countersign.hsm.TokenConnector;
import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenInventory;
import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SENSITIVE;

@Timeout(180)
class KeysCheckScoreTest
{
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final String DAY_10 = "2026-01-11T00:00:00Z";
    private static final String DAY_91 = "2026-04-02T00:00:01Z";

    /** As docs/score.md has it. */
    private static final String POLICY = """
        principals:
          - name: maker-1
            api-key-versions: [1]
            sources:
              - {ingress: "udp:desk", addresses: [10.20.0.0/16]}
            rules:
              - name: make-btc
                keys: [binance-main]
                scopes: [query, trade, cancel]
                symbols: [BTCUSDT]
                max-quantity: 0.5
                max-notional: 50000
                limits: [{per: 1m, max-orders: 600}]
        """;

    @TempDir
    private Path temporary;
    private SoftHsmFixture token;
    private KeySpec maker;
    private KeySpec master;

    @BeforeEach
    void setUp() throws Exception
    {
        token = SoftHsmFixture.create();
        maker = token.generateKeyPair("binance-main", SigningAlgorithm.ED25519);
        master = token.importSecret("master", SigningAlgorithm.HMAC_SHA256, random());
    }

    @Test
    void shouldPrintTheWorkedExampleOfTheDocumentation() throws Exception
    {
        final CommandRun run = check(config(""), POLICY);
        assertEquals(0, run.exitCode(), run.out() + run.err());
        assertEquals("", run.err());
        final String printed = run.out().strip().replace("(id 0001)", "(id 01)").replace("(id 0002)", "(id c0)")
            .replace("token " + token.tokenLabel() + ":", "token trading:");
        final String docs = Files.readString(Path.of("../docs/score.md"));
        assertTrue(docs.contains("```\n" + printed + "\n```"), printed);
        assertTrue(Files.readString(Path.of("../docs/keys.md")).contains("```\n$ countersign keys check --config " +
            "gateway.yaml\n" + printed + "\n```"), printed);
        assertTrue(docs.contains(POLICY.strip()), POLICY);
        assertEquals(24, scoreOf(run, "binance-main"));
    }

    @Test
    void shouldPrintJsonWhoseFactorsGiveTheScore() throws Exception
    {
        final Path config = config("");
        final Map<?, ?> json = json(check(config, POLICY, "--json"));
        final List<?> keys = (List<?>) json.get("keys");
        assertEquals(2, keys.size());
        for (final Object each : keys)
        {
            final Map<?, ?> key = (Map<?, ?>) each;
            double byHand = 100;
            for (final Object factor : (List<?>) key.get("factors"))
            {
                final Map<?, ?> fields = (Map<?, ?>) factor;
                final double value = ((Number) fields.get("value")).doubleValue();
                byHand = "exposure".equals(fields.get("quantity")) ? byHand / value : byHand * value;
                assertTrue(fields.containsKey("reason") && fields.containsKey("advice"), fields.toString());
            }
            assertEquals(byHand, ((Number) key.get("score")).doubleValue(), 0.5 + 1e-9, key.toString());
            assertEquals(true, key.get("inUse"));
        }
        assertEquals(24, ((Map<?, ?>) keys.getFirst()).get("score"));
        final Map<?, ?> appliance = (Map<?, ?>) json.get("appliance");
        assertEquals("binance-main", appliance.get("lowest"));
        assertEquals(2, appliance.get("keysInUse"));
        assertEquals(0, json.get("weighty"));
    }

    @Test
    void shouldFailForAScoreOnlyWhenAsked() throws Exception
    {
        final Path config = config("");
        assertEquals(0, check(config, POLICY).exitCode());
        assertEquals(0, check(config, POLICY, "--min-score", "24").exitCode());
        assertEquals(1, check(config, POLICY, "--min-score", "25").exitCode());
        final CommandRun wrong = check(config, POLICY, "--min-score", "101");
        assertEquals(2, wrong.exitCode());
        assertTrue(wrong.error().contains("--min-score 101 is no score"), wrong.err());
    }

    @Test
    void shouldScoreWhatTheTokenTellsAndNameTheRest() throws Exception
    {
        try (RawToken raw = new RawToken(token))
        {
            raw.createSecret(new byte[]{ 9 }, SigningAlgorithm.HMAC_SHA256, random(),
                CKA_EXTRACTABLE, true, CKA_SENSITIVE, false);
        }
        token.importSecret("doc", SigningAlgorithm.HMAC_SHA256,
            "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j".getBytes(StandardCharsets.US_ASCII));
        final CommandRun run = CommandRun.of("keys", "check", "--module", SoftHsmFixture.modulePath(),
            "--token", token.tokenLabel(), "--pin-file", token.pinFile());
        assertEquals(1, run.exitCode(), run.err());
        assertEquals(0, scoreOf(run, "-"));
        assertEquals(0, scoreOf(run, "doc"));
        assertEquals(19, scoreOf(run, "binance-main"));
        assertTrue(run.lines().contains("  unknown, counted as: pin 0.9, principals 0.9, sources 0.85, scopes 0.9, " +
            "quantity 0.95, notional 0.95, rate 0.95, access-token 0.9, four-eyes 0.85, age 1.25, use 1.1, venues 1, " +
            "binding 1.1"), run.out());
        assertTrue(run.out().contains("appliance: score 4, the mean of its lowest, 0, "), run.out());
    }

    @Test
    void shouldFindWhatPolicyGrantsTooWidely() throws Exception
    {
        final CommandRun run = check(config(""), POLICY.replace("10.20.0.0/16", "0.0.0.0/1, 128.0.0.0/1"));
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.out().contains("finding: binance-main (id 0001): unrestricted-source: maker-1 from 0.0.0.0/1, " +
            "128.0.0.0/1 may use it from every address"), run.out());
        assertTrue(run.out().contains("sources: restrict the sources of maker-1 from 0.0.0.0/1, 128.0.0.0/1 to its " +
            "address"), run.out());
        final CommandRun unread = check(config(""), "principals: [");
        assertEquals(0, unread.exitCode(), unread.out());
        assertTrue(unread.err().contains("warning: the policy counts as unknown: "), unread.err());
        assertTrue(unread.out().contains("principals 0.9, sources 0.85"), unread.out());
    }

    @Test
    void shouldTakeAgeAndUseFromTheRegisterWhileItIsLocked() throws Exception
    {
        final Path config = registered(new KeyUse(7, CREATED.plusSeconds(86_400 * 9).toEpochMilli()));
        try (RegisterLock lock = RegisterLock.acquire(temporary.resolve("register.jsonl")))
        {
            assertTrue(lock.isHeld());
            final CommandRun young = check(config, POLICY, "--now", DAY_10);
            assertEquals(0, young.exitCode(), young.out() + young.err());
            assertEquals(35, scoreOf(young, "binance-main"));
            assertFalse(young.out().contains("not-configured"), young.out());
            assertEquals("token " + token.tokenLabel() + ": 3 keys, 3 configured; 0 findings, 2 notes",
                young.lines().getLast());
        }
        final CommandRun old = check(config, POLICY, "--now", DAY_91);
        assertEquals(1, old.exitCode(), old.out());
        assertTrue(old.out().contains("finding: binance-main (id 0001): old: key binance-main version 1 was to be " +
            "rotated by 2026-04-01T00:00:00Z: rotate it"), old.out());
        assertTrue(old.out().contains("finding: binance-main (id 0001): unused: "), old.out());
        assertEquals(20, scoreOf(old, "binance-main"));
    }

    @Test
    void shouldFindARegisterThatWasEdited() throws Exception
    {
        final Path config = registered(KeyUse.NONE);
        final Path file = temporary.resolve("register.jsonl");
        Files.writeString(file, Files.readString(file).replace("PUBLIC-ID", "OTHERS-ID"),
            StandardOpenOption.TRUNCATE_EXISTING);
        final CommandRun run = check(config, POLICY, "--now", DAY_10);
        assertEquals(1, run.exitCode(), run.out() + run.err());
        assertTrue(run.out().contains("finding: register (id 0003): register: " + file + ":2: key binance-main " +
            "version 1: was edited: its tag does not fit"), run.out());
    }

    @Test
    void shouldFindARegisterThatTheTokenDoesNotKnow() throws Exception
    {
        final Path config = registered(KeyUse.NONE);
        final Path file = temporary.resolve("register.jsonl");
        Files.delete(file);
        final GatewayConfig read = ConfigReader.read(config);
        try (TokenInventory inventory = TokenInventory.open(
            SoftHsmFixture.modulePath(), token.tokenLabel(), null, PinSource.file(token.pinFile()));
            RegisterLock lock = RegisterLock.acquire(file))
        {
            final RegisterKey seal = inventory.registerKey(read.register().key());
            RegisterFile.create(file, (text) -> tag(seal, text), lock, Register.EMPTY, CREATED.toEpochMilli());
        }
        final CommandRun run = check(config, POLICY, "--now", DAY_10);
        assertEquals(1, run.exitCode(), run.out() + run.err());
        assertTrue(run.out().contains("register: " + file + ": foreign: the file is generation 1, the token " +
            token.tokenLabel() + " knows 1 by another digest"), run.out());
    }

    private static byte[] tag(final RegisterKey seal, final byte[] text) throws RegisterException
    {
        try
        {
            return seal.tag(text);
        }
        catch (final TokenException ex)
        {
            throw new RegisterException(ex.getMessage(), ex);
        }
    }

    /** With a register in which the maker's key is active since {@link #CREATED}. */
    private Path registered(final KeyUse use) throws Exception
    {
        final KeySpec seal = token.importSecret("register", SigningAlgorithm.HMAC_SHA256, random());
        final Path config = config(
            "register: {file: register.jsonl, key: {alias: register, id: \"%s\", check-value: \"%s\"}}\n".formatted(
            HexFormat.of().formatHex(seal.id()), HexFormat.of().formatHex(seal.pinned())));
        Files.writeString(config, Files.readString(config).replaceFirst("(?m)^ +id: .*\n", "")
            .replaceFirst("(?m)^ +public-key: .*\n", "").replaceFirst("(?m)^ +api-key: .*\n", ""));
        final GatewayConfig read = ConfigReader.read(config);
        final KeyEntry entry = KeyEntry
            .preActive(maker, token.tokenLabel(), KeyTraits.NONE, CREATED.toEpochMilli())
            .withVenue(VenueBinding.of("binance-spot", "PUBLIC-ID"))
            .become(KeyState.ACTIVE, CREATED.toEpochMilli())
            .withUse(use);
        try (TokenConnector connector = new TokenConnector(
            token.context().keys(List.of()).registerKey(read.register().key())))
        {
            OpenRegister.create(
                read.register(), connector.connect(), Register.EMPTY.withKey(entry), CREATED.toEpochMilli());
        }
        return config;
    }

    private CommandRun check(final Path config, final String policy, final String... more) throws Exception
    {
        Files.writeString(temporary.resolve("policy.yaml"), policy);
        final Object[] arguments = new Object[4 + more.length];
        arguments[0] = "keys";
        arguments[1] = "check";
        arguments[2] = "--config";
        arguments[3] = config;
        System.arraycopy(more, 0, arguments, 4, more.length);
        return CommandRun.of(arguments);
    }

    private Path config(final String register) throws Exception
    {
        return Files.writeString(temporary.resolve("gateway.yaml"), """
            gateway:
              ingresses:
                - {name: "udp:desk", endpoint: "10.0.0.1:40456", egress-port: 40457, aeron-directory: aeron}
              journal-directory: journal
            token: {module: %s, label: %s, pin-file: %s}
            authentication: {master-key: {alias: master, id: "%s", check-value: "%s"}}
            %skeys:
              - alias: binance-main
                id: "%s"
                algorithm: Ed25519
                public-key: %s
                venue: binance-spot
                api-key: PUBLIC-ID
            policy: policy.yaml
            """.formatted(SoftHsmFixture.modulePath(), token.tokenLabel(), token.pinFile(),
            HexFormat.of().formatHex(master.id()), HexFormat.of().formatHex(master.pinned()), register,
            HexFormat.of().formatHex(maker.id()), Base64.getEncoder().encodeToString(maker.pinned())));
    }

    private static int scoreOf(final CommandRun run, final String alias)
    {
        final String begin = "key " + alias + " (id ";
        final String line = run.lines().stream().filter((one) -> one.startsWith(begin)).findFirst()
            .orElseThrow(() -> new AssertionError(run.out()));
        return Integer.parseInt(line.replaceFirst(".*: score ([0-9]+) .*", "$1"));
    }

    private static Map<?, ?> json(final CommandRun run)
    {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(run.out());
    }

    private static byte[] random()
    {
        final byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return secret;
    }
}
