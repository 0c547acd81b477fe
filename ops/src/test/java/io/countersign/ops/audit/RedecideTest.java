package io.countersign.ops.audit;

import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RedecideTest
{
    private static final String CONFIG = """
        gateway: {ingresses: [{name: ipc:bots, aeron-directory: aeron}], journal-directory: journal}
        token: {module: module.so, label: token, pin-file: pin}
        authentication: {master-key: {alias: master, id: "0f", check-value: ffeeddccbbaa99887766554433221100}}
        keys:
          - {alias: binance-1, id: "01", algorithm: HMAC-SHA256, check-value: 00112233445566778899aabbccddeeff,
             venue: binance-spot, api-key: public}
        policy: policy.yaml
        """;
    private static final String POLICY = """
        principals:
          - name: maker-1
            api-key-versions: [2]
            rules: [{name: small, keys: [binance-1], operations: [new-order], symbols: [%s]}]
        """;

    @TempDir
    private Path temporary;

    @Test
    void shouldFindNothingWhereTheJournalSaysWhatThePolicyDoes()
    {
        try (JournalFixture journal = new JournalFixture(temporary))
        {
            journal.started();
            journal.policy(POLICY.formatted("LTCBTC"), CONFIG);
            journal.intent("maker-1", "binance-1");
            journal.policy(POLICY.formatted("BTCUSDT"), CONFIG);
            journal.denial("maker-1", "binance-1", JournalFixture.newOrder("binance-1"));
        }
        final CommandRun run = CommandRun.of("audit", "replay", temporary, "--redecide");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("", run.out());
        assertTrue(run.err().contains("decisions=2 differences=0 uncertain=0 not-taken-again=0"), run.err());
    }

    @Test
    void shouldShowEachDecisionThatComesOutOtherwise()
    {
        try (JournalFixture journal = new JournalFixture(temporary))
        {
            journal.started();
            journal.policy(POLICY.formatted("BTCUSDT"), CONFIG);
            journal.intent("maker-1", "binance-1");
            journal.policy(POLICY.formatted("LTCBTC"), CONFIG);
            journal.denial("maker-1", "binance-1", JournalFixture.newOrder("binance-1"));
        }
        final CommandRun run = CommandRun.of("audit", "replay", temporary, "--redecide");
        assertEquals(1, run.exitCode(), run.err());
        assertEquals(4, run.lines().size(), run.out());
        assertTrue(run.lines().get(0).startsWith("       3 "), run.out());
        assertEquals("the journal says allowed (rule small), taken again it is SYMBOL_NOT_GRANTED (rule small)",
            run.lines().get(1).strip());
        assertEquals("the journal says SYMBOL_NOT_GRANTED (rule small), taken again it is allowed (rule small)",
            run.lines().get(3).strip());
        assertTrue(CommandRun.of("audit", "replay", temporary, "--redecide", "--json").lines().get(0).endsWith(
            ",\"redecidedReason\":\"SYMBOL_NOT_GRANTED\",\"redecidedRule\":\"small\",\"redecidedCertain\":\"true\"}"));
        assertTrue(CommandRun.of("audit", "replay", temporary, "--redecide", "--csv").out().endsWith(
            ",NONE,small,true\r\n"));

        final CommandRun filtered = CommandRun.of("audit", "replay", temporary, "--redecide", "--decision", "denied");
        assertEquals(1, filtered.exitCode(), "the one that is not shown counts, too");
        assertEquals(2, filtered.lines().size());
    }

    @Test
    void shouldSayWhatItCannotTell()
    {
        try (JournalFixture journal = new JournalFixture(temporary))
        {
            journal.intent("maker-1", "binance-1");
            journal.started();
            journal.policy("principals: none\n", CONFIG);
            journal.intent("maker-1", "binance-1");
            journal.policy(POLICY.formatted("LTCBTC"), CONFIG);
            journal.oldIntent("maker-1", "binance-1");
            journal.intent("maker-1", "binance-1");
        }
        final CommandRun run = CommandRun.of("audit", "replay", temporary, "--redecide");
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().contains("decisions=1 differences=0 uncertain=0 not-taken-again=3"), run.err());
        assertTrue(run.err().contains("record 3: the policy in force cannot be read: "), run.err());
        assertTrue(run.err().contains("1 decisions could not be taken again: records before the first PolicyInForce"),
            run.err());
        assertTrue(run.err().contains("1 decisions could not be taken again: records of an older version"), run.err());
    }

    @Test
    void shouldNotAccuseWhereRecordsAreMissingThatADecisionDependsOn()
    {
        try (JournalFixture journal = new JournalFixture(temporary))
        {
            journal.skipSequence();
            journal.started();
            journal.policy(POLICY.formatted("BTCUSDT"), CONFIG);
            journal.intent("maker-1", "binance-1");
        }
        final CommandRun run = CommandRun.of("audit", "replay", temporary, "--redecide");
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.lines().get(1).endsWith(", but records are missing that it depends on"), run.out());
        assertTrue(run.err().contains("differences=0 uncertain=1"), run.err());
    }
}
