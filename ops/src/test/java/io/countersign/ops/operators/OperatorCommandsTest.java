package io.countersign.ops.operators;

import io.countersign.gateway.Gateway;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SoftHsmFixture;
import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import static org.junit.jupiter.api.Assertions.*;

/** The commands as an operator gives them, at a running gateway. */
@Timeout(120)
class OperatorCommandsTest
{
    private static final String POLICY = """
        principals:
          - name: maker
            api-key-versions: [1]
            rules:
              - {name: trade, keys: [key], operations: [new-order], symbols: [LTCBTC], max-quantity: 10}
        operators:
          - {name: anna, api-key-versions: [1], commands: [switch, reload, enable-execution]}
          - {name: bert, api-key-versions: [1], commands: [enable-execution]}
        """;

    @TempDir
    private Path temporary;
    private Path config;
    private Gateway gateway;

    @BeforeEach
    void before() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final KeySpec master = secret(token, "master");
        final KeySpec key = secret(token, "key");
        Files.writeString(temporary.resolve("policy.yaml"), POLICY);
        config = Files.writeString(temporary.resolve("gateway.yaml"), """
            gateway: {ingresses: [{name: "ipc:bots", aeron-directory: aeron}], journal-directory: journal, idle: yield}
            token: {module: %s, label: %s, pin-file: %s}
            authentication: {master-key: {alias: master, id: "%s", check-value: "%s"}}
            keys:
              - {alias: key, id: "%s", algorithm: HMAC-SHA256, check-value: "%s", venue: binance-spot, api-key: public}
            policy: policy.yaml
            """.formatted(
            SoftHsmFixture.modulePath(), token.tokenLabel(), token.pinFile(),
            HexFormat.of().formatHex(master.id()), HexFormat.of().formatHex(master.pinned()),
            HexFormat.of().formatHex(key.id()), HexFormat.of().formatHex(key.pinned())));
        gateway = Gateway.launch(config, Throwable::printStackTrace, () ->
        {
            // The test would see it.
        });
        apiKeyFile("anna");
        apiKeyFile("bert");
    }

    @AfterEach
    void after()
    {
        gateway.close();
    }

    @Test
    void shouldTurnListAndRecordSwitches()
    {
        final CommandRun on = run("anna", "switch", "on", "--principal", "maker", "--comment", "runs wild");
        assertEquals(0, on.exitCode(), on.err());
        assertTrue(on.lines().getFirst().matches("switched on, record \\d+"), on.out());
        assertEquals(0, run("anna", "switch", "on", "--all", "--cancels").exitCode());
        assertEquals(List.of(
            "switch on: principal maker, stops everything but cancels, by anna: runs wild",
            "switch on: all, stops cancels, by anna"), run("bert", "switch", "list").lines());
        assertEquals(0, run("anna", "switch", "off", "--principal", "maker").exitCode());
        assertEquals(1, run("anna", "switch", "list").lines().size());

        final CommandRun unknown = run("anna", "switch", "on", "--key", "kye");
        assertEquals(1, unknown.exitCode());
        assertEquals(List.of("there is no key 'kye'", "known: key"), unknown.lines());
        assertTrue(unknown.err().contains("COMMAND_FAILED"), unknown.err());
        final CommandRun notGranted = run("bert", "switch", "on", "--all");
        assertEquals(1, notGranted.exitCode());
        assertTrue(notGranted.err().contains("COMMAND_NOT_GRANTED"), notGranted.err());
        assertEquals(1, run("anna", "execution", "enable", "maker", "trade").exitCode());

        gateway.close();
        final CommandRun lost = run("anna", "switch", "list");
        assertEquals(1, lost.exitCode());
        assertTrue(lost.err().contains("no gateway in"), lost.err());
        final String replayed = CommandRun.of("audit", "replay", temporary.resolve("journal")).out();
        assertTrue(replayed.contains("SWITCH_CHANGED   PRINCIPAL ALL_BUT_CANCELS on=true"), replayed);
        assertTrue(replayed.contains("operator=anna comment=\"runs wild\""), replayed);
        assertTrue(replayed.contains(
            "COMMAND_REFUSED  principal=bert COMMAND_NOT_GRANTED command=SetSwitch"), replayed);
    }

    @Test
    void shouldGoByTheFirstIpcIngress() throws Exception
    {
        final String udp =
            "{name: \"udp:lan\", aeron-directory: udp, endpoint: \"127.0.0.1:40456\", egress-port: 40457}";
        final String text = Files.readString(config);
        config = Files.writeString(
            temporary.resolve("udp-first.yaml"), text.replace("ingresses: [", "ingresses: [" + udp + ", "));
        final CommandRun list = run("anna", "switch", "list");
        assertEquals(0, list.exitCode(), list.err());
        config = Files.writeString(
            temporary.resolve("udp-only.yaml"), text.replaceFirst("ingresses: \\[[^]]*]", "ingresses: [" + udp + "]"));
        final CommandRun none = run("anna", "switch", "list");
        assertEquals(2, none.exitCode());
        assertEquals("countersign: " + config + ": has no ipc: ingress, and commands go by no other; add one",
            none.error());
    }

    @Test
    void shouldReloadThePolicy() throws Exception
    {
        Files.writeString(temporary.resolve("policy.yaml"), POLICY.replace("max-quantity: 10", "max-quantity: 20"));
        final CommandRun trial = run("anna", "policy", "reload", "--trial");
        assertEquals(0, trial.exitCode(), trial.err());
        assertEquals("drift: principal maker, rule trade: max-quantity was 10, is 20", trial.lines().getLast());
        final CommandRun reload = run("anna", "policy", "reload", "--comment", "more");
        assertTrue(reload.lines().getLast().startsWith("in force, record "), reload.out());
        assertEquals(3, reload.lines().size());
        Files.writeString(temporary.resolve("policy.yaml"), "principals: all\n");
        assertEquals(1, run("anna", "policy", "reload").exitCode());
        gateway.close();
        final String replayed = CommandRun.of("audit", "replay", temporary.resolve("journal"), "--json").out();
        assertTrue(replayed.contains("\"isDrift\":\"true\"") || replayed.contains("\"isDrift\":true"), replayed);
        assertTrue(replayed.contains("\"command\":\"ReloadPolicy\""), replayed);
    }

    @Test
    void shouldSayWhatIsMissingOnTheCommandLine()
    {
        assertEquals(2, CommandRun.of("switch", "on", "--all").exitCode());
        assertEquals(2, run("anna", "switch", "on").exitCode());
        assertEquals(2, run("anna", "switch", "on", "--all", "--key", "key").exitCode());
        final CommandRun nowhere = CommandRun.of(
            "switch", "list", "--operator", "anna", "--api-key-file", temporary.resolve("anna.key"));
        assertEquals(2, nowhere.exitCode());
        assertTrue(nowhere.err().contains("neither --config nor --aeron-directory"), nowhere.err());
    }

    private CommandRun run(final String operator, final String... command)
    {
        final List<Object> args = new ArrayList<>(List.of(command));
        args.addAll(List.of(
            "--config", config, "--operator", operator, "--api-key-file", temporary.resolve(operator + ".key")));
        return CommandRun.of(args.toArray());
    }

    private void apiKeyFile(final String operator) throws Exception
    {
        final CommandRun issued = CommandRun.of(
            "principals", "issue", "--config", config, "--principal", operator, "--version", 1);
        assertEquals(0, issued.exitCode(), issued.err());
        final Path file = Files.writeString(temporary.resolve(operator + ".key"), issued.out());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static KeySpec secret(final SoftHsmFixture token, final String alias) throws Exception
    {
        return token.importSecret(
            alias, SigningAlgorithm.HMAC_SHA256, ("a secret of " + alias).getBytes(StandardCharsets.US_ASCII));
    }
}
