package io.countersign.ops.policy;

import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PolicyCheckCommandTest
{
    private static final String KEYS = """
        gateway: {ingresses: [{name: ipc:bots, aeron-directory: aeron}], journal-directory: journal}
        token: {module: module.so, label: token, pin-file: pin}
        authentication: {master-key: {alias: master, id: "0f", check-value: ffeeddccbbaa99887766554433221100}}
        keys:
          - {alias: one, id: "01", algorithm: HMAC-SHA256, check-value: 00112233445566778899aabbccddeeff,
             venue: binance-spot, api-key: public}
          - {alias: two, id: "02", algorithm: HMAC-SHA256, check-value: 00112233445566778899aabbccddeeff,
             venue: binance-spot, api-key: public, example-timestamp-ms: 1499827319559}
        policy: policy.yaml
        """;

    @TempDir
    private Path temporary;

    @Test
    void shouldFindNothingToWarnOfInTheSample()
    {
        final Path sample = Path.of(System.getProperty("countersign.root"), "config", "gateway-sample.yaml");
        final CommandRun run = CommandRun.of("policy", "check", sample);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(1, run.lines().size(), run.out());
        assertTrue(run.out().contains("1 keys, 1 principals, 1 operators, 1 rules, policy "), run.out());
    }

    @Test
    void shouldWarnOfWhatIsAllowedButWorthASecondLook() throws IOException
    {
        final CommandRun run = check("""
            principals:
              - {name: a, api-key-versions: [1],
                 rules: [{name: wide, keys: [one], operations: [new-order], symbols: ["*"]}]}
              - {name: b, api-key-versions: [1],
                 rules: [{name: narrow, keys: [one], operations: [cancel-order], symbols: [X]}]}
            """);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(
            List.of(
                "warning: key one: granted to a, b; the venue cannot tell them apart",
                "warning: key two: no rule grants it",
                "warning: key two: has example-timestamp-ms, so no venue accepts what it signs",
                "warning: principal a, rule wide: allows every symbol",
                "warning: principal a, rule wide: allows orders of any size; " +
                    "it has neither max-quantity nor max-notional",
                "warning: principal a, rule wide: allows new orders but no cancel of them"),
            run.lines().subList(1, run.lines().size()));
    }

    @Test
    void shouldWarnOfATokenWithoutKeys() throws IOException
    {
        final CommandRun run = check(
            KEYS
                .replace("token: {module: module.so, label: token, pin-file: pin}", """
                    tokens:
                      - {name: used, module: module.so, label: token, pin-file: pin}
                      - {name: spare, module: module.so, label: other, pin-file: pin}""")
                .replace("alias: ", "token: used, alias: "),
            "principals: [{name: a, api-key-versions: [1], rules: [" +
                "{name: ask, keys: [one, two], operations: [query-account]}]}]");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.lines().contains("warning: token spare: has no key; the gateway connects to it all the same, " +
            "and does not start without it"), run.out());
        assertTrue(run.lines().stream().noneMatch((line) -> line.contains("token used")), run.out());
    }

    @Test
    void shouldWarnOfALoginAndTakeACancelOfAllOrdersForACancel() throws IOException
    {
        final CommandRun run = check("""
            acknowledge: [login]
            principals:
              - name: a
                api-key-versions: [1]
                rules:
                  - {name: in, keys: [one], scopes: [login]}
                  - {name: trade, keys: [two], operations: [new-order, cancel-all], symbols: [X], max-quantity: 1}
            """);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.lines().contains("warning: principal a, rule in: allows login: " +
            "what is sent in that session no rule and no limit sees"), run.out());
        assertTrue(run.lines().stream().noneMatch((line) -> line.contains("no cancel of them")), run.out());
    }

    @Test
    void shouldWarnOfTransactionsOfAnyValue() throws IOException
    {
        final String policy = """
            acknowledge: [transfer]
            principals:
              - name: a
                api-key-versions: [1]
                limits: [{per: day, max-notional: 5}]
                rules:
                  - {name: pay, keys: [one], scopes: [transfer], symbols: ["*"], limits: [{per: 1s, max-orders: 5}]}
                  - {name: trade, keys: [two], scopes: [trade, cancel], symbols: [X], max-quantity: 1}
            """;
        final CommandRun run = check(policy);
        assertEquals(0, run.exitCode(), run.err());
        for (final String warning : List.of(
            "principal a, rule pay: allows every symbol",
            "principal a, rule pay: allows transactions of any value; it has neither max-quantity nor max-notional",
            "principal a: sums notional over several symbols"))
        {
            assertTrue(run.out().contains(warning), run.out());
        }
        assertTrue(!run.out().contains("allows none"), run.out());
        final CommandRun refused = check(policy.replace("acknowledge: [transfer]\n", ""));
        assertEquals(1, refused.exitCode(), refused.out());
        assertTrue((refused.out() + refused.err()).contains("the rule grants transfer; expected a top-level"),
            refused.out() + refused.err());
    }

    @Test
    void shouldWarnOfLimitsThatDoNotDoWhatTheyLookLike() throws IOException
    {
        final CommandRun run = check("""
            principals:
              - name: a
                expires: 2020-01-01T00:00:00Z
                limits: [{per: 1s, max-orders: 100}, {per: 1m, max-orders: 60}, {per: day, max-notional: 5}]
                rules:
                  - {name: both, keys: [one, two], scopes: [trade, cancel], symbols: [X, Y], max-notional: 10,
                     order-types: [limit, market]}
                  - {name: look, keys: [one], operations: [query-account], limits: [{per: 1s, max-orders: 5}]}
              - {name: b, api-key-versions: [1]}
            operators:
              - {name: head, commands: [switch]}
            """);
        assertEquals(0, run.exitCode(), run.err());
        for (final String warning : List.of(
            "principal a: has no api-key-versions, so nobody can be it",
            "principal a: has expired",
            "principal a: max-orders 100 can never bite: a longer time allows no more",
            "principal a: sums notional over several symbols",
            "principal a, rule both: names order types without a price",
            "principal a, rule look: has limits on new orders but allows none",
            "principal b: has no rule, so everything that it asks for is denied",
            "operator head: has no api-key-versions, so nobody can be it"))
        {
            assertTrue(run.lines().stream().anyMatch((line) -> line.startsWith("warning: " + warning)), run.out());
        }
    }

    @Test
    void shouldPrintEveryErrorAndTakeAnotherPolicy() throws IOException
    {
        final CommandRun run = check("principals:\n  - {name: a, expires: never, hours: late}\n");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("policy.yaml:2:24: 'expires' is 'never'"), run.err());
        assertTrue(run.err().contains("policy.yaml:2:38: 'hours' is 'late'"), run.err());
        assertTrue(run.err().contains("2 errors: a gateway would refuse this policy"), run.err());
        final Path other = Files.writeString(temporary.resolve("other.yaml"),
            "principals: [{name: a, api-key-versions: [1]}]\n");
        final CommandRun second = CommandRun.of("policy", "check", temporary.resolve("gateway.yaml"), other);
        assertEquals(0, second.exitCode(), second.err());
        assertTrue(second.out().startsWith(other + ": 2 keys, 1 principals, 0 operators, 0 rules"), second.out());
        final CommandRun third =
            CommandRun.of("policy", "check", temporary.resolve("gateway.yaml"), temporary.resolve("none"));
        assertEquals(1, third.exitCode());
        assertTrue(third.error().contains("none cannot be read: give the path of a policy"), third.err());
    }

    @Test
    void shouldNameTheLineThatAGatewayWouldRefuse() throws IOException
    {
        final CommandRun run = check("""
            principals:
              - {name: a, rules: [{name: r, keys: [one], operations: [query-order], symbols: [X]}]}
            """);
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("policy.yaml:2:"), run.err());
        assertTrue(run.err().contains("expected the rule to grant both or neither"), run.err());
        for (final Path none : List.of(temporary.resolve("none.yaml"), temporary))
        {
            final CommandRun unreadable = CommandRun.of("policy", "check", none);
            assertEquals(1, unreadable.exitCode());
            assertTrue(unreadable.error().contains(none + " cannot be read: give the path of"), unreadable.err());
        }
    }

    @Test
    void shouldSayWhatGrantsComeTo() throws IOException
    {
        check("""
            principals:
              - name: a
                rules:
                  - {name: r, keys: [one], operations: [query-order], symbols: [X], acknowledge: [cancel-order]}
            """);
        final CommandRun run = CommandRun.of("policy", "check", temporary.resolve("gateway.yaml"), "--power");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("warning: principal a, rule r: its signatures are also valid as cancel-order, " +
            "as it acknowledges\n"), run.out());
        assertTrue(run.out().endsWith("a r one: binance-spot/query-order, class C: binds the parameters, not the " +
            "endpoint; also valid as binance-spot/cancel-order\n"), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "principals: [{name: a, api-key-versions: [1]}]",
        "{operators: [], 'principals': [{name: a}]}",
        "keys:\n  - {alias: one}\n? principals\n: - name: a\n",
    })
    void shouldTakeAPolicyAloneWithTheConfigurationBesideIt(final String text) throws IOException
    {
        Files.writeString(temporary.resolve("gateway.yaml"), KEYS);
        final Path policy = Files.writeString(temporary.resolve("candidate.yaml"), text);
        final CommandRun run = CommandRun.of("policy", "check", policy);
        assertEquals(text.startsWith("{") ? 1 : 0, run.exitCode(), run.err());
        assertTrue((run.out() + run.err()).startsWith(policy + ":"), run.out() + run.err());
    }

    @Test
    void shouldTakeAPolicyWithTheConfigurationThatIsNamed() throws IOException
    {
        final Path config = Files.writeString(temporary.resolve("other.yaml"), KEYS);
        final Path policy = Files.writeString(temporary.resolve("policy.yaml"), "principals: [{name: a}, {name: a}]\n");
        final CommandRun alone = CommandRun.of("policy", "check", policy);
        assertEquals(1, alone.exitCode());
        assertEquals("countersign: " + policy + " is a policy, and there is no gateway.yaml beside it; expected the " +
            "gateway's configuration: --config CONFIG", alone.error());
        final CommandRun named = CommandRun.of("policy", "check", policy, "--config", config);
        assertEquals(1, named.exitCode());
        assertTrue(named.err().startsWith(policy + ":1:32: the principal 'a' stands twice"), named.err());
        Files.writeString(policy, "principals: [{name: a}]\n");
        assertEquals(0, CommandRun.of("policy", "check", policy, "--config", config).exitCode());
        assertEquals(2, CommandRun.of("policy", "check", config, policy, "--config", config).exitCode());
        final CommandRun twisted = CommandRun.of("policy", "check", policy, config);
        assertEquals(1, twisted.exitCode());
        assertTrue(twisted.error().contains("is a policy; expected a gateway's configuration before"), twisted.err());
    }

    /** What is wrong with a policy is told as such, though it ends in the middle. */
    @Test
    void shouldKnowAPolicyByWhatStandsBeforeTheMistake() throws IOException
    {
        Files.writeString(temporary.resolve("gateway.yaml"), KEYS);
        final Path policy = Files.writeString(temporary.resolve("policy.yaml"), "principals:\n  - {name: a\n");
        final CommandRun run = CommandRun.of("policy", "check", policy);
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith(policy + ":3:1: not YAML: "), run.err());
        assertTrue(run.err().contains("1 error: a gateway would refuse this policy"), run.err());
    }

    /** Policy and configuration, each short enough, go into one record of the journal. */
    @Test
    void shouldRefuseWhatTheJournalCannotKeep() throws IOException
    {
        final String padding = "# " + "x".repeat(600_000) + "\n";
        final Path config = Files.writeString(temporary.resolve("gateway.yaml"), KEYS + padding);
        Files.writeString(temporary.resolve("policy.yaml"), "principals: [{name: a}]\n" + padding);
        final CommandRun run = CommandRun.of("policy", "check", config);
        assertEquals(1, run.exitCode());
        assertTrue(run.error().contains("policy and configuration together are longer than"), run.err());
    }

    @Test
    void shouldRefuseAccessTokensThatNobodyChecks() throws IOException
    {
        final CommandRun run = check("""
            principals:
              - {name: a, access-token: {subject: a, required-for: [trade]}}
            """);
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("policy.yaml:2:29: without authentication.access-tokens in "), run.err());
    }

    private CommandRun check(final String text) throws IOException
    {
        return check(KEYS, text);
    }

    private CommandRun check(final String configuration, final String text) throws IOException
    {
        Files.writeString(temporary.resolve("policy.yaml"), text);
        return CommandRun.of("policy", "check", Files.writeString(temporary.resolve("gateway.yaml"), configuration));
    }
}
