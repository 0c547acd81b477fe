package io.countersign.gateway.replay;

import io.countersign.codecs.journal.MessageHeaderEncoder;
import io.countersign.codecs.journal.PolicyInForceEncoder;
import io.countersign.codecs.journal.GatewayStoppedEncoder;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.policy.PolicyDifference;
import io.countersign.gateway.policy.PolicyFixture;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PolicyBeforeTest
{
    private static final String POLICY = """
        principals:
          - name: maker
            api-key-versions: [1]
            rules: [{name: r, keys: [key], operations: [new-order, cancel-order], symbols: [A], max-quantity: 1}]
        """;

    private final PolicyConfig next = PolicyFixture.config(POLICY.replace("max-quantity: 1", "max-quantity: 2"));
    private final PolicyBefore before = new PolicyBefore();

    @Test
    void shouldTellNothingInANewJournalAndOfTheSameText()
    {
        assertEquals(List.of(), before.changeTo(next));
        inForce(next.text(), next.sha256(), PolicyInForceEncoder.SCHEMA_VERSION);
        assertEquals(List.of(), before.changeTo(next));
    }

    @Test
    void shouldTellWhatBecameWiderSinceTheLastOfThem()
    {
        inForce("no policy", new byte[32], PolicyInForceEncoder.SCHEMA_VERSION);
        inForce(POLICY, new byte[32], PolicyInForceEncoder.SCHEMA_VERSION);
        assertEquals(
            List.of(new PolicyDifference(true, "principal maker, rule r: max-quantity was 1, is 2")),
            before.changeTo(next));
    }

    @Test
    void shouldTakeForDriftWhatItCannotCompare()
    {
        final UnsafeBuffer record = new UnsafeBuffer(new byte[128]);
        new GatewayStoppedEncoder().wrapAndApplyHeader(record, 0, new MessageHeaderEncoder()).sequence(1);
        before.onRecord(record, 0, 40, GatewayStoppedEncoder.TEMPLATE_ID, 1);
        assertUnknown("the journal's newest two days do not hold it");
        inForce(POLICY, new byte[32], 2);
        assertUnknown("it was recorded in version 2 of the journal");
        inForce("principals: [{name: maker, gone: 1}]", new byte[32], PolicyInForceEncoder.SCHEMA_VERSION);
        assertUnknown("its text cannot be used any more: policy.yaml:1:28: ");
    }

    private void assertUnknown(final String why)
    {
        final List<PolicyDifference> differences = before.changeTo(next);
        assertEquals(1, differences.size());
        assertTrue(differences.getFirst().isDrift());
        final String text = differences.getFirst().text();
        assertTrue(text.startsWith("what differs from the policy before is not known: " + why), text);
    }

    private void inForce(final String text, final byte[] sha256, final int version)
    {
        final UnsafeBuffer record = new UnsafeBuffer(new byte[8 * 1024]);
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        final PolicyInForceEncoder encoder = new PolicyInForceEncoder().wrapAndApplyHeader(record, 0, header);
        encoder.sequence(2).putSha256(sha256, 0, sha256.length).source("policy.yaml").text(text)
            .configuration(PolicyFixture.CONFIG).operatorName("").comment("");
        header.version(version);
        before.onRecord(record, 0, encoder.limit(), PolicyInForceEncoder.TEMPLATE_ID, 2);
    }
}
