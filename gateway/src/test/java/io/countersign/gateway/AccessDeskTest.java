package io.countersign.gateway;

import io.countersign.codecs.journal.AccessTokenAcceptedDecoder;
import io.countersign.codecs.journal.AccessTokenRefusedDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.PresentAccessTokenEncoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.AgentRig.Bot;
import io.countersign.gateway.access.AccessDecision;
import io.countersign.gateway.access.AccessGrant;
import io.countersign.gateway.access.AccessRefusal;
import io.countersign.gateway.control.AccessTokenProxy.Presentation;
import io.countersign.gateway.control.GatewayCommand;
import io.countersign.gateway.session.SessionAccess;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the gateway thread does with access tokens, by a clock that the test moves. */
class AccessDeskTest
{
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final AccessRefusal REFUSAL = new AccessRefusal("aud is another");

    private final Queue<Presentation> presented = new ArrayDeque<>();
    private AgentRig rig;
    private Bot bot;
    private long requestId;

    @BeforeEach
    void before() throws Exception
    {
        rig = AgentRig.inline();
        bot = rig.open("maker");
    }

    @Test
    void shouldCheckFourASecondAndRecordOneRefusalASecond()
    {
        for (int second = 1; second <= 3; second++)
        {
            for (int i = 0; i < SessionAccess.TOKENS_PER_SECOND; i++)
            {
                assertNull(present(bot), "it is answered when it has been checked");
                decide(REFUSAL);
                assertEquals(Reason.ACCESS_TOKEN_REFUSED, bot.egress.last().reason());
            }
            for (int i = 0; i < 5; i++)
            {
                assertEquals(Reason.TOO_MANY_IN_FLIGHT, present(bot));
            }
            assertTrue(presented.isEmpty(), "nothing above the rate is checked");
            assertEquals(second, rig.all(AccessTokenRefusedDecoder.TEMPLATE_ID).size());
            rig.clock.advance(SECOND_NS - 1);
            assertEquals(Reason.TOO_MANY_IN_FLIGHT, present(bot));
            rig.clock.advance(1);
        }
        assertEquals(12, rig.counter(20_100 + Reason.ACCESS_TOKEN_REFUSED.value()));
        assertEquals(18, rig.counter(20_100 + Reason.TOO_MANY_IN_FLIGHT.value()));
    }

    @Test
    void shouldCheckOneAtATimeAndNotLetASessionHoldUpAnother()
    {
        final Bot other = rig.open("maker");
        assertNull(present(bot));
        assertEquals(Reason.TOO_MANY_IN_FLIGHT, present(bot));
        assertNull(present(other));
        assertEquals(List.of(bot.id(), other.id()), presented.stream().map(Presentation::sessionId).toList());
    }

    @Test
    void shouldHaveScopesInForceUntilTheyExpire()
    {
        final long expiresNs = utcNs() + 2 * SECOND_NS;
        assertNull(present(bot));
        decide(grant(2, expiresNs));
        assertEquals("scopes 2", bot.egress.last().rule());
        order();
        rig.clock.advance(2 * SECOND_NS - 1);
        order();
        rig.clock.advance(1);
        order();
        assertNull(present(bot));
        decide(grant(4, expiresNs));
        assertEquals(Reason.ACCESS_TOKEN_REFUSED, bot.egress.last().reason(), "it expired while it was checked");
        assertNull(present(bot));
        decide(grant(5, utcNs() + 1));
        assertNull(present(bot));
        decide(REFUSAL);
        order();
        assertEquals(List.of(2, 2, 0, 5), accessScopes());
        assertEquals(2, rig.all(AccessTokenAcceptedDecoder.TEMPLATE_ID).size());
    }

    private void order()
    {
        assertTrue(bot.order(++requestId).isSigned());
    }

    /** The reason of the refusal, or null when it was passed on. */
    private Reason present(final Bot presenting)
    {
        final int before = presenting.egress.replies().size();
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        final PresentAccessTokenEncoder encoder = new PresentAccessTokenEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sessionId(presenting.id())
            .ingressSequence(WireFrames.nextSequence())
            .deadlineNs(Long.MAX_VALUE)
            .requestId(++requestId)
            .putAccessToken(new byte[100], 0, 100);
        presenting.send(WireFrames.tagged(Arrays.copyOf(buffer.byteArray(), encoder.limit())));
        rig.accessTokenProxy.poll((presentation, accessToken) -> presented.add(presentation));
        return before == presenting.egress.replies().size() ? null : presenting.egress.last().reason();
    }

    private void decide(final AccessDecision decision)
    {
        rig.commands.add(new GatewayCommand.DecideAccess(presented.remove(), decision));
        rig.work();
    }

    private long utcNs()
    {
        return rig.clock.utcNs(rig.clock.nowNs());
    }

    private static AccessGrant grant(final int scopes, final long expiresNs)
    {
        return new AccessGrant(scopes, expiresNs, "issuer", "maker", "id");
    }

    private List<Integer> accessScopes()
    {
        final List<Integer> scopes = new ArrayList<>();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        for (int i = 0; i < rig.size(); i++)
        {
            final UnsafeBuffer record = new UnsafeBuffer(rig.records.record(i));
            if (IntentDecoder.TEMPLATE_ID == header.wrap(record, 0).templateId())
            {
                scopes.add((int) new IntentDecoder().wrapAndApplyHeader(record, 0, header).accessScopes());
            }
        }
        return scopes;
    }
}
