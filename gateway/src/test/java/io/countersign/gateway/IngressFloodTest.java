package io.countersign.gateway;

import io.aeron.Aeron;
import io.countersign.codecs.wire.Reason;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A gateway with two ingresses, one of which is flooded with Connects that nobody proves anything after.
 */
@Timeout(120)
class IngressFloodTest
{
    private static final int MAX_SESSIONS = 2;

    /** More than one ingress may have, and far more than there are sessions. */
    private static final int FLOODING = 2 * (MAX_SESSIONS + SessionLimits.OPERATOR_PLACES) + 4;

    private final List<RawBot> flood = new ArrayList<>();
    private GatewayFixture fixture;
    private Aeron first;
    private Aeron second;

    @BeforeEach
    void before() throws Exception
    {
        fixture = new GatewayFixture(
            "    - {name: ipc:second, aeron-directory: second}\n  max-sessions: " + MAX_SESSIONS + "\n");
        fixture.write("policy.yaml", """
            principals:
              - name: maker
                api-key-versions: [1]
                rules:
                  - {name: trade, keys: [hmac], operations: [new-order], symbols: [LTCBTC]}
            operators:
              - {name: boss, api-key-versions: [1], commands: [switch]}
            """);
        fixture.launch();
        first = Aeron.connect(new Aeron.Context().aeronDirectoryName(fixture.aeron().toString()));
        second = Aeron.connect(new Aeron.Context()
            .aeronDirectoryName(fixture.directory().resolve("second").toString()));
    }

    @AfterEach
    void after()
    {
        CloseHelper.closeAll(first, second, fixture);
        assertTrue(fixture.errors().isEmpty(), () -> "errors were reported: " + fixture.errors());
    }

    @Test
    void shouldServeBotsAndOperatorsOfAnotherIngress()
    {
        for (int i = 0; i < FLOODING; i++)
        {
            flood.add(new RawBot(first));
        }
        for (int i = 0; i < MAX_SESSIONS; i++)
        {
            flood();
            final RawBot bot = new RawBot(second);
            assertEquals(Reason.NONE, bot.connect("maker"));
            flood();
            assertTrue(bot.order(i + 1).isSigned());
        }
        flood();
        assertEquals(Reason.TOO_MANY_SESSIONS, new RawBot(second).connect("maker"));
        flood();
        final RawBot operator = new RawBot(second);
        assertEquals(Reason.NONE, operator.connect("boss"));
        assertEquals(Reason.KEY_NOT_GRANTED, operator.order(1).reason());
    }

    private void flood()
    {
        for (final RawBot bot : flood)
        {
            bot.trySend(WireFrames.connect(1, "maker"));
        }
    }
}
