package io.countersign.ops.policy;

import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PolicyCheckCommandTest
{
    private static final String KEYS = """
        gateway: {aeron-directory: aeron, journal-directory: journal}
        token: {module: module.so, label: token, pin-file: pin}
        authentication: {master-key: {alias: master, id: "0f", check-value: ffeeddccbbaa99887766554433221100}}
        keys:
          - {alias: one, id: "01", algorithm: HMAC-SHA256, check-value: 00112233445566778899aabbccddeeff,
             venue: binance-spot, api-key: public}
          - {alias: two, id: "02", algorithm: HMAC-SHA256, check-value: 00112233445566778899aabbccddeeff,
             venue: binance-spot, api-key: public, example-timestamp-ms: 1499827319559}
        principals:
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
        assertTrue(run.out().contains("1 keys, 1 principals, 1 rules, policy "), run.out());
    }

    @Test
    void shouldWarnOfWhatIsAllowedButWorthASecondLook() throws IOException
    {
        final CommandRun run = check(KEYS + """
              - {name: a, rules: [{name: wide, keys: [one], operations: [new-order], symbols: ["*"]}]}
              - {name: b, rules: [{name: narrow, keys: [one], operations: [cancel-order], symbols: [X]}]}
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
    void shouldNameTheLineThatAGatewayWouldRefuse() throws IOException
    {
        final CommandRun run = check(KEYS + """
              - {name: a, rules: [{name: r, keys: [one], operations: [query-order], symbols: [X]}]}
            """);
        assertEquals(1, run.exitCode());
        assertTrue(run.error().contains("gateway.yaml:10:"), run.err());
        assertTrue(run.error().contains("grant both or neither"), run.err());
        assertEquals(2, CommandRun.of("policy", "check", temporary.resolve("none.yaml")).exitCode());
        assertEquals(2, CommandRun.of("policy", "check", temporary).exitCode());
    }

    private CommandRun check(final String text) throws IOException
    {
        return CommandRun.of("policy", "check", Files.writeString(temporary.resolve("gateway.yaml"), text));
    }
}
