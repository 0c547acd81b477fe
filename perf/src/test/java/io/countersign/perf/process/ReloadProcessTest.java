package io.countersign.perf.process;

import io.countersign.client.OperatorClient;
import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.PolicyInForceDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.journal.JournalReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Two policies take turns while two bots send without a pause. One allows what the other denies, so that an order that
 * was decided by the wrong one, or that was lost, cannot hide.
 */
@Timeout(120)
class ReloadProcessTest
{
    private static final int RELOADS = 40;
    private static final String WIDE = "10";
    private static final String NARROW = "3";
    private static final String QUANTITY = "5";

    private final PolicyProbe.Tally tally = new PolicyProbe.Tally();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicReference<Throwable> fault = new AtomicReference<>();

    @Test
    void shouldDecideEveryOrderByThePolicyInForceWhileItIsReloaded() throws Exception
    {
        try (ProcessFixture fixture = new ProcessFixture(ReloadProcessTest.class))
        {
            fixture.write("policy.yaml", policy(WIDE));
            final GatewayJvm gateway = fixture.ready();
            final List<Thread> bots = Stream.of("maker-hmac", "maker-ed25519")
                .map((name) -> Thread.ofPlatform().start(() -> send(fixture, name))).toList();
            try (OperatorClient boss = OperatorClient.connect(
                fixture.clientContext("boss").requestTimeoutNs(TimeUnit.SECONDS.toNanos(20))))
            {
                for (int i = 1; i <= RELOADS; i++)
                {
                    final int decided = tally.signed() + tally.refused();
                    fixture.write("policy.yaml", policy(0 == i % 2 ? WIDE : NARROW));
                    boss.reloadPolicy(false, "turn " + i);
                    while (tally.signed() + tally.refused() < decided + 20 && null == fault.get())
                    {
                        Thread.onSpinWait();
                    }
                }
            }
            finally
            {
                isOver.set(true);
            }
            for (final Thread bot : bots)
            {
                bot.join();
            }
            assertNull(fault.get());
            assertEquals(0, gateway.terminate().awaitExit(), gateway::describe);
            final JournalAudit audit = fixture.audit().assertSound("the end").assertNoOpenIntent("the end");
            assertEquals(tally.signed(), audit.signedCount());
            assertEquals(tally.refused(), audit.denials());
            assertTrue(tally.signed() > 0 && tally.refused() > 0);
            assertDecidedByThePolicyInForce(fixture);
        }
    }

    private void send(final ProcessFixture fixture, final String principal)
    {
        try (PolicyProbe bot = new PolicyProbe(fixture, principal, tally))
        {
            while (!isOver.get())
            {
                final Reason reason = bot.order(QUANTITY, "1");
                if (Reason.NONE != reason && Reason.QUANTITY_ABOVE_LIMIT != reason)
                {
                    throw new AssertionError("refused: " + reason);
                }
            }
        }
        catch (final Throwable ex)
        {
            fault.compareAndSet(null, ex);
        }
    }

    private static void assertDecidedByThePolicyInForce(final ProcessFixture fixture) throws IOException
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final PolicyInForceDecoder inForce = new PolicyInForceDecoder();
        final IntentDecoder intent = new IntentDecoder();
        final DenialDecoder denial = new DenialDecoder();
        final Set<Long> versions = new HashSet<>();
        long version = 0;
        boolean isWide = false;
        int policies = 0;
        try (JournalReader reader = new JournalReader(fixture.journal()))
        {
            while (JournalReader.Event.RECORD == reader.poll())
            {
                switch (reader.templateId())
                {
                    case PolicyInForceDecoder.TEMPLATE_ID ->
                    {
                        inForce.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
                        version = inForce.policyVersion();
                        versions.add(version);
                        inForce.skipSource();
                        isWide = inForce.text().contains("max-quantity: " + WIDE);
                        policies++;
                    }
                    case IntentDecoder.TEMPLATE_ID ->
                    {
                        intent.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
                        assertEquals(version, intent.policyVersion(), () -> "record " + intent.sequence());
                        assertTrue(isWide, () -> "record " + intent.sequence() + " was allowed by the narrow policy");
                    }
                    case DenialDecoder.TEMPLATE_ID ->
                    {
                        denial.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
                        assertEquals(version, denial.policyVersion(), () -> "record " + denial.sequence());
                        assertTrue(!isWide, () -> "record " + denial.sequence() + " was denied by the wide policy");
                    }
                    default ->
                    {
                        // Decides nothing.
                    }
                }
            }
        }
        assertEquals(1 + RELOADS, policies);
        assertEquals(2, versions.size());
    }

    private static String policy(final String maxQuantity)
    {
        return """
            principals:
              - name: maker-hmac
                api-key-versions: [1]
                rules: [{name: trade, keys: [hmac], scopes: [trade, cancel], symbols: [LTCBTC], max-quantity: %1$s}]
              - name: maker-ed25519
                api-key-versions: [1]
                rules: [{name: trade, keys: [hmac], scopes: [trade, cancel], symbols: [LTCBTC], max-quantity: %1$s}]
            operators:
              - {name: boss, api-key-versions: [1], commands: [reload]}
            """.formatted(maxQuantity);
    }
}
