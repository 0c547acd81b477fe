package io.countersign.ops.keys;

import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.PolicyReader;
import io.countersign.hsm.PinSource;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SoftHsmFixture;
import io.countersign.hsm.TokenInventory;
import io.countersign.hsm.TokenProvisioner;
import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import static org.junit.jupiter.api.Assertions.*;

@Timeout(60)
class InitCommandTest
{
    /** RFC 8032, section 7.1, public keys of TEST 1 and TEST 2, behind the head of RFC 8410. */
    private static final String OLGA = "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    private static final String OTTO = "MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=";

    @TempDir
    private Path temporary;
    private SoftHsmFixture token;
    private Path directory;

    @BeforeEach
    void before() throws Exception
    {
        token = SoftHsmFixture.create();
        directory = temporary.resolve("gateway");
        Files.writeString(temporary.resolve("olga.pub"), OLGA + "\n");
    }

    @Test
    void shouldSetUpAGatewayThatCanStart() throws Exception
    {
        final CommandRun run = init();
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("", run.err());
        assertTrue(run.out().contains("key master, id c0, HMAC-SHA256") && run.out().contains(
            "key audit, id c2, Ed25519") && run.out().contains("operators: olga (security-officer), otto"), run.out());
        final GatewayConfig config = ConfigReader.read(directory.resolve("gateway.yaml"));
        assertEquals(List.of(), config.keys());
        assertEquals(2, PolicyReader.read(config).everybody().size());
        assertEquals(directory.resolve("register.jsonl"), config.register().file());
        assertEquals("countersign/" + token.tokenLabel(), config.audit().origin());
        assertEquals(directory.resolve("checkpoints"), config.audit().checkpoints());
        assertTrue(run.out().contains("audit key: countersign/" + token.tokenLabel() + "+"), run.out());
        final List<String> register = Files.readAllLines(config.register().file());
        assertEquals(3, register.size());
        assertTrue(register.get(1).startsWith("{\"operator\":\"olga\",\"role\":\"security-officer\",\"public-key\":\"" +
            OLGA), register.get(1));
        assertEquals("rw-------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(config.register().file())));
        assertFalse(Files.exists(directory.resolve("register.jsonl.init")));
        try (TokenInventory inventory = TokenInventory.open(
            SoftHsmFixture.modulePath(), token.tokenLabel(), null, PinSource.file(token.pinFile())))
        {
            inventory.prove(config.masterKey());
            inventory.prove(config.register().key());
            inventory.prove(config.audit().key());
            assertEquals(4, inventory.keys().size(), "master, register, and the audit key's two halves");
        }
        assertEquals(0, CommandRun.of("policy", "check", directory.resolve("gateway.yaml")).exitCode());
    }

    @Test
    void shouldNotRunTwice() throws Exception
    {
        assertEquals(0, init().exitCode());
        final byte[] register = Files.readAllBytes(directory.resolve("register.jsonl"));
        assertRefused(2, "register.jsonl is there already");
        final Path other = temporary.resolve("other");
        assertRefused(3, "has the data object \"countersign register\"", "--directory", other.toString());
        assertRefused(2, "there is no " + directory.resolve("register.jsonl.init"), "--discard-unfinished");
        assertArrayEquals(register, Files.readAllBytes(directory.resolve("register.jsonl")));
        assertFalse(Files.exists(other.resolve("gateway.yaml")));
    }

    @Test
    void shouldTouchNothingThatIsThere() throws Exception
    {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("policy.yaml"), "mine");
        assertRefused(2, "policy.yaml is there already");
        Files.delete(directory.resolve("policy.yaml"));
        try (TokenProvisioner provisioner = token.provisioner())
        {
            provisioner.generateSecret(new byte[]{7}, "register", SigningAlgorithm.HMAC_SHA256);
        }
        assertRefused(3, "has an object labelled \"register\" already");
        assertEquals(1, keyCount());
    }

    @Test
    void shouldTakeBackWhatItMadeWhenItFails() throws Exception
    {
        try (TokenProvisioner provisioner = token.provisioner())
        {
            provisioner.generateSecret(new byte[]{(byte) 0xC2}, "somebody's", SigningAlgorithm.HMAC_SHA256);
        }
        final CommandRun run = init();
        assertEquals(3, run.exitCode(), run.err());
        assertTrue(run.err().contains("has an object with id c2 already") && run.err().contains("taken back: the keys"),
            run.err());
        assertEquals(1, keyCount());
        try (var left = Files.list(directory))
        {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void shouldTakeBackWhatAKilledInitLeft() throws Exception
    {
        // As a process leaves it that ends between the keys and the register.
        Files.createDirectories(directory);
        final Path mark = directory.resolve("register.jsonl.init");
        Files.writeString(mark, "token " + token.tokenLabel() + "\n");
        Files.setPosixFilePermissions(mark, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(directory.resolve("gateway.yaml"), "gateway: {}\n");
        try (TokenProvisioner provisioner = token.provisioner())
        {
            provisioner.generateSecret(new byte[]{(byte) 0xC0}, "master", SigningAlgorithm.HMAC_SHA256);
            provisioner.anchor().write(1, new byte[32]);
        }
        assertRefused(2, "an init was cut short, or runs: 'countersign init --discard-unfinished'");
        try (FileChannel channel = FileChannel.open(mark, StandardOpenOption.WRITE))
        {
            channel.lock();
            assertRefused(2, "another init runs", "--discard-unfinished");
        }
        final CommandRun run = init("--discard-unfinished");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.err().contains("taken back: the keys"), run.err());
        assertEquals(4, keyCount());
    }

    @Test
    void shouldNotTakeBackWhatAGatewayHasUsed() throws Exception
    {
        assertEquals(0, init().exitCode());
        final Path mark = directory.resolve("register.jsonl.init");
        Files.writeString(mark, "token " + token.tokenLabel() + "\n");
        Files.setPosixFilePermissions(mark, PosixFilePermissions.fromString("rw-------"));
        try (TokenProvisioner provisioner = token.provisioner())
        {
            provisioner.anchor().write(2, new byte[32]);
        }
        assertRefused(2, "a gateway has used the register (generation 2)", "--discard-unfinished");
        assertEquals(4, keyCount());
    }

    @Test
    void shouldWantTwoOperatorsWithNamesAndKeysOfTheirOwn() throws Exception
    {
        Files.writeString(temporary.resolve("rubbish.pub"), "no key");
        for (final List<String> wrong : List.of(
            List.of("there is one --operator", "olga:" + OLGA),
            List.of("--operator olga stands twice", "olga:" + OLGA, "olga:" + OTTO),
            List.of("has the public key of olga", "olga=" + temporary.resolve("olga.pub"), "otto:" + OLGA),
            List.of("is neither NAME=FILE nor NAME:BASE64", "olga"),
            List.of("cannot be read", "olga=" + temporary.resolve("none.pub")),
            List.of("is no name with a public key", "olga=" + temporary.resolve("rubbish.pub")),
            List.of("is no name with a public key", "olga:" + Base64.getEncoder().encodeToString(new byte[44]))))
        {
            final List<String> arguments = new ArrayList<>(place());
            wrong.stream().skip(1).forEach((operator) -> arguments.addAll(List.of("--operator", operator)));
            final CommandRun run = CommandRun.of(arguments.toArray());
            assertEquals(2, run.exitCode(), run.err());
            assertTrue(run.error().contains(wrong.getFirst()), run.err());
        }
        assertFalse(Files.exists(directory));
        assertEquals(0, keyCount());
    }

    private void assertRefused(final int exitCode, final String why, final String... more)
    {
        final CommandRun run = init(more);
        assertEquals(exitCode, run.exitCode(), run.err());
        assertTrue(run.error().contains(why), run.err());
    }

    private CommandRun init(final String... more)
    {
        final List<String> arguments = new ArrayList<>(place());
        arguments.addAll(List.of("--operator", "olga=" + temporary.resolve("olga.pub"), "--operator", "otto:" + OTTO));
        if (List.of(more).contains("--directory"))
        {
            arguments.subList(arguments.indexOf("--directory"), arguments.indexOf("--directory") + 2).clear();
        }
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }

    private List<String> place()
    {
        return List.of("init", "--module", SoftHsmFixture.modulePath().toString(), "--token", token.tokenLabel(),
            "--pin-file", token.pinFile().toString(), "--directory", directory.toString());
    }

    private int keyCount() throws Exception
    {
        try (TokenInventory inventory = TokenInventory.open(
            SoftHsmFixture.modulePath(), token.tokenLabel(), null, PinSource.file(token.pinFile())))
        {
            return inventory.keys().size();
        }
    }
}
