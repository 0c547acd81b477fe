package io.countersign.ops.keys;

import io.countersign.hsm.KeySpec;
import io.countersign.hsm.RawToken;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SoftHsmFixture;
import io.countersign.hsm.TokenException;
import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DECRYPT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SENSITIVE;

@Timeout(120)
class KeyCommandsTest
{
    @TempDir
    private Path temporary;
    private SoftHsmFixture token;

    @BeforeEach
    void setUp() throws TokenException
    {
        token = SoftHsmFixture.create();
    }

    @Test
    void shouldGenerateAKeyOfEveryAlgorithmAndPrintItsStanza()
    {
        int id = 1;
        for (final SigningAlgorithm algorithm : SigningAlgorithm.values())
        {
            if (!algorithm.isMac())
            {
                final CommandRun run = generate("key-" + id, "0" + id, algorithm.configName(),
                    "--venue", "binance-spot", "--api-key", "public-id");
                assertEquals(0, run.exitCode(), run.err());
                assertEquals(List.of("  - alias: key-" + id, "    version: 1", "    id: \"0" + id + "\"",
                    "    algorithm: " + algorithm.configName()), run.lines().subList(0, 4));
                assertTrue(run.lines().get(4).startsWith("    public-key: \"M"), run.out());
                assertEquals(List.of("    venue: binance-spot", "    api-key: public-id"), run.lines().subList(5, 7));
                id++;
            }
        }
        final CommandRun master = generate("master", "c0", "HMAC-SHA256");
        assertEquals(0, master.exitCode(), master.err());
        assertEquals("  master-key:", master.lines().getFirst());
        assertTrue(master.lines().get(5).matches(" {4}check-value: \"[0-9a-f]{32}\""), master.out());
        final CommandRun check = keys("check");
        assertEquals(0, check.exitCode(), check.out());
        assertEquals("token " + token.tokenLabel() + ": 6 keys; 0 findings, 0 notes", check.lines().getLast());
    }

    @Test
    void shouldRefuseToGenerateWhatIsTakenOrOfNoUse()
    {
        assertEquals(0, generate("maker", "01", "Ed25519").exitCode());
        assertRefused(3, "has an object with id 01 already", generate("other", "01", "Ed25519"));
        assertRefused(3, "labelled \"maker\" already", generate("maker", "02", "Ed25519"));
        assertEquals(0, generate("maker", "02", "Ed25519", "--label", "maker-2", "--key-version", "2").exitCode());
        assertRefused(2, "is known to no venue", generate("mac", "03", "HMAC-SHA512"));
        assertRefused(2, "is known to no venue", generate("mac", "03", "HMAC-SHA256", "--venue", "okx"));
        assertRefused(2, "'RC4' is no algorithm", generate("mac", "03", "RC4"));
        assertRefused(2, "--id '1' is not hexadecimal", generate("mac", "1", "Ed25519"));
    }

    @Test
    void shouldSayWhichTokenIsMissing()
    {
        assertRefused(2, "which token?", CommandRun.of("keys", "list"));
        assertRefused(2, "which token?", CommandRun.of("keys", "list", "--module", "m", "--token", "t"));
        assertRefused(2, "mutually exclusive", CommandRun.of("keys", "list", "--module", "m", "--token", "t",
            "--pin-file", "p", "--pin-env", "P"));
        assertRefused(2, "names module and PIN already",
            CommandRun.of("keys", "list", "--config", "c", "--module", "m"));
        assertRefused(2, "COUNTERSIGN_NO_SUCH_PIN is not set", CommandRun.of("keys", "list", "--module", "m",
            "--token", "t", "--pin-env", "COUNTERSIGN_NO_SUCH_PIN"));
        assertRefused(2, "there is no credential pin", CommandRun.of("keys", "list",
            "--module", SoftHsmFixture.modulePath(), "--token", token.tokenLabel(), "--pin-credential", "pin"));
        assertRefused(2, "Missing required argument", keys("show"));
    }

    @Test
    void shouldListAndShowKeys() throws Exception
    {
        final CommandRun empty = keys("list");
        assertEquals(0, empty.exitCode(), empty.err());
        assertEquals("token " + token.tokenLabel() + " (serial " + token.tokenSerial() + ") holds no keys\n",
            empty.out());
        assertEquals("[]", keys("list", "--json").out().replaceAll("(?s).*\"keys\":(.*)}\n", "$1"));

        final KeySpec pair = token.generateKeyPair("maker", SigningAlgorithm.ED25519);
        final KeySpec mac = token.importSecret("mac", SigningAlgorithm.HMAC_SHA512, new byte[80]);
        final CommandRun list = keys("list");
        assertEquals(List.of(
            "ALIAS  ID    CLASS    TYPE            BITS  SENSITIVE  EXTRACTABLE  USES    FINDINGS",
            "maker  0001  private  Ed25519         255   always     never        sign    -",
            "maker  0001  public   Ed25519         255   -          -            verify  -",
            "mac    0002  secret   generic-secret  640   yes        no           sign    was-outside"), list.lines());

        final CommandRun show = keys("show", "--alias", "maker");
        assertTrue(show.lines().contains("mechanisms       CKM_EDDSA"), show.out());
        assertTrue(show.lines().contains("public key       " + Base64.getEncoder().encodeToString(pair.pinned())),
            show.out());
        assertTrue(show.lines().contains("SHA-256 of it    " + KeyText.fingerprint(pair.pinned())), show.out());
        final String checkValue = HexFormat.of().formatHex(mac.pinned());
        final CommandRun secret = keys("show", "--id", "0002");
        assertTrue(secret.lines().contains("check value      " + checkValue + " as HMAC-SHA512"), secret.out());
        assertFalse(secret.out().contains("HMAC-SHA384 as"), secret.out());
        final CommandRun json = keys("show", "--id", "0002", "--json");
        assertTrue(json.out().contains("\"checkValues\":{\"HMAC-SHA512\":\"" + checkValue + "\"}"), json.out());
        assertTrue(json.out().contains("\"code\":\"was-outside\""), json.out());
        assertRefused(2, "has no key with alias 'none'", keys("show", "--alias", "none"));
    }

    @Test
    void shouldFindWhatIsWrongWithAKey() throws Exception
    {
        try (RawToken raw = new RawToken(token))
        {
            raw.createSecret(new byte[]{ 1 }, SigningAlgorithm.HMAC_SHA256, new byte[15],
                CKA_EXTRACTABLE, true, CKA_SENSITIVE, false, CKA_DECRYPT, true);
        }
        token.importSecret("doc", SigningAlgorithm.HMAC_SHA256,
            "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j".getBytes(StandardCharsets.US_ASCII));
        final CommandRun check = keys("check");
        assertEquals(1, check.exitCode(), check.err());
        for (final String code : new String[]{ "extractable", "not-sensitive", "over-broad", "small" })
        {
            assertTrue(check.out().contains("finding: - (id 01): " + code + ": "), code + " " + check.out());
        }
        assertTrue(check.out().contains("note: - (id 01): any-mechanism: "), check.out());
        assertTrue(check.out().contains("finding: doc (id 0001): published: anybody can sign with it, it stands in " +
            "github.com/binance/binance-spot-api-docs"), check.out());
        assertTrue(keys("check", "--json").out().contains("\"code\":\"small\""));
    }

    @Test
    void shouldCompareTokenAndConfiguration() throws Exception
    {
        final KeySpec maker = token.generateKeyPair("maker", SigningAlgorithm.ED25519);
        final KeySpec master = token.importSecret("master", SigningAlgorithm.HMAC_SHA256, random());
        final Path good = config(maker, master, "");
        final CommandRun check = CommandRun.of("keys", "check", "--config", good);
        assertEquals(0, check.exitCode(), check.out() + check.err());
        assertEquals("token " + token.tokenLabel() + ": 2 keys, 2 configured; 0 findings, 1 notes",
            check.lines().getLast());

        token.generateKeyPair("stray", SigningAlgorithm.ED25519);
        final CommandRun stray = CommandRun.of("keys", "check", "--config", good);
        assertEquals(0, stray.exitCode(), stray.out());
        assertTrue(stray.out().contains("note: stray (id 0003): not-configured: "), stray.out());

        final KeySpec other = new KeySpec(
            "other", 1, maker.id(), SigningAlgorithm.ED25519, token.keys().get(2).pinned());
        final CommandRun differs = CommandRun.of("keys", "check", "--config",
            config(other, master, "    example-timestamp-ms: 1499827319559\n"));
        assertEquals(1, differs.exitCode(), differs.out());
        assertTrue(differs.out().contains("finding: other (id 0001): unfit: key other version 1 (Ed25519, id 0001) " +
            "on token \"" + token.tokenLabel() + "\" does not sign with the pinned public key"), differs.out());
        assertTrue(differs.out().contains("finding: other (id 0001): example: "), differs.out());

        final KeySpec gone = new KeySpec("gone", 1, new byte[]{ 9 }, SigningAlgorithm.ED25519, maker.pinned());
        final CommandRun missing = CommandRun.of("keys", "check", "--config", config(gone, master, ""));
        assertEquals(1, missing.exitCode(), missing.out());
        assertTrue(missing.out().contains("finding: gone (id 09): unfit: "), missing.out());
        assertTrue(missing.out().contains("not found"), missing.out());
    }

    @Test
    void shouldTakeOneTokenOfSeveral() throws Exception
    {
        final SoftHsmFixture far = SoftHsmFixture.create();
        final KeySpec maker = token.generateKeyPair("maker", SigningAlgorithm.ED25519);
        final KeySpec master = far.importSecret("master", SigningAlgorithm.HMAC_SHA256, random());
        assertTrue(Arrays.equals(maker.id(), master.id()), "an id of each token");
        final Path one = config(maker, master, "");
        final Path config = Files.writeString(one, Files.readString(one)
            .replaceFirst("token: (.*)", "tokens:\n  - {name: far, module: %s, label: %s, pin-file: %s}\n  - $1"
                .formatted(SoftHsmFixture.modulePath(), far.tokenLabel(), far.pinFile()))
            .replace("  - {module", "  - {name: near, module")
            .replace("alias: master", "alias: master, token: far")
            .replace("- alias: maker", "- alias: maker\n    token: near"));

        final String which = config + " has 2 tokens: choose by --token one of far, near";
        assertRefused(2, which, CommandRun.of("keys", "check", "--config", config));
        assertRefused(2, which, CommandRun.of("keys", "list", "--config", config));
        assertRefused(2, "has no token 'fra': choose by --token one of far, near",
            CommandRun.of("keys", "show", "--config", config, "--token", "fra", "--alias", "maker"));
        for (final String name : new String[]{ "near", "far" })
        {
            final CommandRun check = CommandRun.of("keys", "check", "--config", config, "--token", name);
            assertEquals(0, check.exitCode(), check.out() + check.err());
            assertTrue(check.lines().getLast().contains(": 1 keys, 1 configured; 0 findings"), check.out());
            assertFalse(check.out().contains("not-configured"), check.out());
        }

        final CommandRun master2 = CommandRun.of("keys", "generate", "--config", config, "--token", "near",
            "--alias", "master", "--id", "c0", "--algorithm", "HMAC-SHA256");
        assertEquals("    token: near", master2.lines().get(3), master2.out() + master2.err());
        final CommandRun pair = CommandRun.of("keys", "generate", "--config", config, "--token", "far",
            "--alias", "taker", "--id", "c0", "--algorithm", "Ed25519");
        assertEquals("    token: far", pair.lines().get(2), pair.out() + pair.err());
        assertTrue(CommandRun.of("keys", "check", "--config", config, "--token", "far").out()
            .contains("note: taker (id c0): not-configured: "));
    }

    private Path config(final KeySpec key, final KeySpec master, final String line) throws Exception
    {
        return Files.writeString(temporary.resolve("gateway.yaml"), """
            gateway: {ingresses: [{name: ipc:bots, aeron-directory: aeron}], journal-directory: journal}
            token: {module: %s, label: %s, pin-file: %s}
            authentication: {master-key: {alias: master, id: "%s", check-value: "%s"}}
            keys:
              - alias: %s
                id: "%s"
                algorithm: Ed25519
                public-key: %s
                venue: binance-spot
                api-key: public-id
            %spolicy: policy.yaml
            """.formatted(SoftHsmFixture.modulePath(), token.tokenLabel(), token.pinFile(),
            HexFormat.of().formatHex(master.id()), HexFormat.of().formatHex(master.pinned()),
            key.alias(), HexFormat.of().formatHex(key.id()), Base64.getEncoder().encodeToString(key.pinned()), line));
    }

    private static byte[] random()
    {
        final byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    private CommandRun generate(final String alias, final String id, final String algorithm, final Object... more)
    {
        final List<Object> options = new ArrayList<>(List.of("--alias", alias, "--id", id, "--algorithm", algorithm));
        options.addAll(Arrays.asList(more));
        return keys("generate", options.toArray());
    }

    private CommandRun keys(final String command, final Object... options)
    {
        final List<Object> arguments = new ArrayList<>(List.of("keys", command, "--module",
            SoftHsmFixture.modulePath(), "--token", token.tokenLabel(), "--pin-file", token.pinFile()));
        arguments.addAll(Arrays.asList(options));
        return CommandRun.of(arguments.toArray());
    }

    private static void assertRefused(final int exitCode, final String words, final CommandRun run)
    {
        assertEquals(exitCode, run.exitCode(), run.err());
        assertTrue(run.error().contains(words), run.err());
    }
}
