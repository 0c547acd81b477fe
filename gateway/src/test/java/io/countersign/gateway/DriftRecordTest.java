package io.countersign.gateway;

import io.countersign.codecs.journal.Flag;
import io.countersign.codecs.journal.GatewayStartedDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.PolicyDifferenceDecoder;
import io.countersign.codecs.journal.PolicyInForceDecoder;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What becomes wider is in the journal before it is in force, by whatever road and whenever the process ends. */
@Timeout(60)
class DriftRecordTest
{
    private static final String NARROW = """
        principals:
          - {name: maker, api-key-versions: [1], rules: [
             {name: trade, keys: [hmac], scopes: [trade], symbols: [LTCBTC], max-quantity: 1}]}
        operators:
          - {name: boss, api-key-versions: [1], commands: [reload]}
        """;
    private static final String WIDE =
        NARROW.replace("max-quantity: 1}", "max-quantity: 2}").replace("[LTCBTC]", "[LTCBTC, BTCUSDT]");
    private static final String QUANTITY = "drift by %s: principal maker, rule trade: max-quantity was 1, is 2";
    private static final String SYMBOL = "drift by %s: principal maker, rule trade: symbol BTCUSDT added";

    private final JournalRig rig = new JournalRig();

    @AfterEach
    void after()
    {
        rig.close();
    }

    @Test
    void shouldRecordWhatAStartWithAnotherFileChanges() throws Exception
    {
        rig.start(NARROW).stop();
        rig.start(NARROW).stop();
        rig.start(WIDE).stop();
        assertEquals(List.of(
            "start", "in force by ''", "start", "in force by ''",
            "start", QUANTITY.formatted("''"), SYMBOL.formatted("''"), "in force by ''"), records());
    }

    @Test
    void shouldRecordItAgainWhenAStartWasCutShort() throws Exception
    {
        rig.start(NARROW).stop();
        rig.dieAfter(PolicyDifferenceDecoder.TEMPLATE_ID);
        rig.start(WIDE).kill();
        rig.start(WIDE).stop();
        rig.start(WIDE).stop();
        assertEquals(List.of(
            "start", "in force by ''",
            "start", QUANTITY.formatted("''"),
            "start", QUANTITY.formatted("''"), SYMBOL.formatted("''"), "in force by ''",
            "start", "in force by ''"), records());
    }

    @Test
    void shouldRecordWhoReloadedAndWhy() throws Exception
    {
        rig.start(NARROW);
        rig.reload("boss", WIDE);
        rig.stop();
        assertEquals(List.of(
            "start", "in force by ''",
            QUANTITY.formatted("'boss'"), SYMBOL.formatted("'boss'"), "in force by 'boss' because"), records());
    }

    @Test
    void shouldNotLoseWhatAReloadThatWasCutShortWouldHaveChanged() throws Exception
    {
        rig.start(NARROW);
        rig.id("boss");
        rig.dieAfter(PolicyDifferenceDecoder.TEMPLATE_ID);
        rig.reload("boss", WIDE);
        rig.kill();
        rig.start(WIDE).stop();
        assertEquals(List.of(
            "start", "in force by ''", QUANTITY.formatted("'boss'"),
            "start", QUANTITY.formatted("''"), SYMBOL.formatted("''"), "in force by ''"), records());
    }

    @Test
    void shouldRecordWhatIsInForceAnewEachDay() throws Exception
    {
        rig.start(NARROW);
        rig.clock.advance(TimeUnit.HOURS.toNanos(24));
        rig.work();
        rig.work();
        rig.stop();
        assertEquals(List.of("start", "in force by ''", "in force by ''"), records());
    }

    private List<String> records() throws Exception
    {
        return rig.records(Set.of(
            GatewayStartedDecoder.TEMPLATE_ID, PolicyDifferenceDecoder.TEMPLATE_ID, PolicyInForceDecoder.TEMPLATE_ID),
            DriftRecordTest::text);
    }

    private static String text(final DirectBuffer record)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(record, 0);
        switch (header.templateId())
        {
            case PolicyDifferenceDecoder.TEMPLATE_ID:
                final PolicyDifferenceDecoder difference =
                    new PolicyDifferenceDecoder().wrapAndApplyHeader(record, 0, header);
                return (Flag.TRUE == difference.isDrift() ? "drift" : "difference") + " by '" +
                    difference.operatorName() + "': " + difference.text();
            case PolicyInForceDecoder.TEMPLATE_ID:
                final PolicyInForceDecoder inForce = new PolicyInForceDecoder().wrapAndApplyHeader(record, 0, header);
                inForce.skipSource();
                inForce.skipText();
                inForce.skipConfiguration();
                return ("in force by '" + inForce.operatorName() + "' " + inForce.comment()).trim();
            default:
                return "start";
        }
    }
}
