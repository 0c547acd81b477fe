package io.countersign.gateway;

import io.countersign.client.AccessTokenFile;
import io.countersign.client.BackPressureException;
import io.countersign.client.BlockingClient;
import io.countersign.client.GrantedScopes;
import io.countersign.client.RejectedException;
import io.countersign.codecs.journal.AccessTokenAcceptedDecoder;
import io.countersign.codecs.journal.AccessTokenRefusedDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.access.TestIssuer;
import io.countersign.gateway.journal.JournalReader;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Access tokens on the whole road: client, gateway, verification, journal.
 */
@Timeout(60)
class AccessTokenRoadTest
{
    private static final String SECTION =
        "  access-tokens: {issuer: 'https://idp.example/', audience: countersign, jwks-file: jwks.json}\n";

    private static final Set<Reason> REFUSALS = Set.of(Reason.ACCESS_TOKEN_REFUSED, Reason.TOO_MANY_IN_FLIGHT);

    private final TestIssuer issuer = TestIssuer.withOneKeyOfEach();
    private GatewayFixture fixture;
    private Path jwks;

    @BeforeEach
    void launch() throws Exception
    {
        fixture = new GatewayFixture("", SECTION);
        jwks = fixture.write("jwks.json", new String(issuer.jwks(), StandardCharsets.US_ASCII));
        fixture.write("policy.yaml", """
            principals:
              - name: maker
                api-key-versions: [1]
                access-token: {subject: maker, required-for: [trade]}
                rules:
                  - name: trade
                    keys: [hmac]
                    scopes: [trade, cancel, query]
                    symbols: [LTCBTC]
            """);
        fixture.launch();
    }

    @AfterEach
    void close()
    {
        fixture.close();
        assertTrue(fixture.errors().isEmpty(), () -> "errors were reported: " + fixture.errors());
    }

    @Test
    void shouldPutScopesIntoForceAndRenewThemInTheSession() throws Exception
    {
        final byte[] first = token("r", "trade", 60);
        try (BlockingClient client = connect())
        {
            assertEquals(Reason.ACCESS_TOKEN_REQUIRED, order(client));
            cancel(client);
            final GrantedScopes granted = client.presentAccessToken(
                AccessTokenFile.read(fixture.write("access", "\n" + new String(first) + "\n")));
            assertEquals(2, granted.scopes());
            assertTrue(System.currentTimeMillis() * 1_000_000 < granted.expiresNs());
            assertEquals(Reason.NONE, order(client));
            assertEquals(Reason.NONE, presented(client, token("e", "query cancel", 60)));
            assertEquals(Reason.ACCESS_TOKEN_REQUIRED, order(client));
            assertEquals(Reason.NONE, presented(client, token("d", "query trade", 60)));
            assertEquals(Reason.ACCESS_TOKEN_REFUSED, presented(client, token("x", "withdraw", 60)));
            assertEquals(Reason.NONE, order(client), "a refused access token takes nothing away");
        }
        fixture.stop();
        assertEquals(List.of("intent 0", "accepted 2 id-1", "intent 2", "accepted 5 id-1", "accepted 3 id-1",
            "refused kid is not that of a key in force", "intent 3"), records());
        assertNowhereInTheJournal(first);
    }

    @Test
    void shouldLetScopesLapseWithTheirAccessToken() throws Exception
    {
        try (BlockingClient client = connect())
        {
            long expiresS;
            byte[] brief;
            do
            {
                // Again where the machine stands still for the whole life of one.
                expiresS = System.currentTimeMillis() / 1_000 + 2;
                brief = token("e", "trade", 2);
            }
            while (Reason.NONE != presented(client, brief));
            while (System.currentTimeMillis() < expiresS * 1_000)
            {
                Thread.yield();
            }
            while (Reason.ACCESS_TOKEN_REQUIRED != order(client))
            {
                Thread.yield();
            }
            cancel(client);
            assertEquals(Reason.ACCESS_TOKEN_REFUSED, presented(client, brief));
            assertEquals(Reason.NONE, presented(client, token("e", "trade", 60)));
            assertEquals(Reason.NONE, order(client));
        }
        fixture.stop();
        final List<String> records = records();
        assertEquals("intent 2", records.getLast());
        assertTrue(records.contains("intent 0"), "the cancel, which needs no access token: " + records);
        assertTrue(records.contains("refused exp has passed"), records.toString());
    }

    @Test
    void shouldServeOthersDuringAFlood() throws Exception
    {
        try (BlockingClient flooding = connect();
            BlockingClient other = connect())
        {
            for (int i = 0; i < 50; i++)
            {
                assertTrue(REFUSALS.contains(refused(flooding, new byte[3_000])));
            }
            assertEquals(2, other.presentAccessToken(token("d", "trade", 60)).scopes());
            assertEquals(Reason.NONE, order(other));
        }
        fixture.stop();
        final List<String> records = records();
        assertTrue(records.getFirst().startsWith("refused "), records.toString());
        assertEquals(List.of("accepted 2 id-1", "intent 2"),
            records.stream().filter((record) -> !record.startsWith("refused ")).toList());
    }

    @Test
    void shouldTakeOverOtherKeysWhileItRuns() throws Exception
    {
        final TestIssuer next = new TestIssuer().with("n", "EdDSA");
        try (BlockingClient client = connect())
        {
            final byte[] token = next.token("n", next.header("n"), claims("trade", 60));
            assertEquals(Reason.ACCESS_TOKEN_REFUSED, presented(client, token));
            Files.move(fixture.write("jwks.new", new String(next.jwks(), StandardCharsets.US_ASCII)), jwks,
                StandardCopyOption.ATOMIC_MOVE);
            while (Reason.NONE != presented(client, token))
            {
                Thread.yield();
            }
            assertEquals(Reason.ACCESS_TOKEN_REFUSED, presented(client, token("e", "trade", 60)));
        }
    }

    @Test
    void shouldRefuseEveryAccessTokenWithoutASection() throws Exception
    {
        fixture.close();
        fixture = new GatewayFixture().launch();
        try (BlockingClient client = connect())
        {
            assertEquals(Reason.ACCESS_TOKEN_REFUSED, refused(client, token("e", "trade", 60)));
            client.newOrder(GatewayFixture::documentedOrder);
        }
        fixture.stop();
        assertEquals(List.of("refused no access token is taken of this principal", "intent 0"), records());
    }

    /** Patient: on a busy machine a reply may take its time. */
    private BlockingClient connect()
    {
        return BlockingClient.connect(fixture.clientContext().requestTimeoutNs(TimeUnit.SECONDS.toNanos(20)));
    }

    private static Reason order(final BlockingClient client)
    {
        try
        {
            client.newOrder(GatewayFixture::documentedOrder);
            return Reason.NONE;
        }
        catch (final RejectedException ex)
        {
            return ex.reason();
        }
    }

    private static void cancel(final BlockingClient client)
    {
        client.cancelOrder((request) -> request.key("hmac").symbol("LTCBTC").orderId(1));
    }

    /** What becomes of an access token, once the rate lets it be checked. */
    private static Reason presented(final BlockingClient client, final byte[] token)
    {
        Reason reason = Reason.TOO_MANY_IN_FLIGHT;
        while (Reason.TOO_MANY_IN_FLIGHT == reason)
        {
            reason = refused(client, token);
        }
        return reason;
    }

    private static Reason refused(final BlockingClient client, final byte[] token)
    {
        while (true)
        {
            try
            {
                client.presentAccessToken(token);
                return Reason.NONE;
            }
            catch (final RejectedException ex)
            {
                return ex.reason();
            }
            catch (final BackPressureException ex)
            {
                // A few long frames fill the window; the driver moves it on.
                Thread.onSpinWait();
            }
        }
    }

    private byte[] token(final String kid, final String scope, final int seconds)
    {
        return "x".equals(kid) ?
            issuer.token("d", issuer.header("d").replace("\"d\"", "\"x\""), claims(scope, seconds)) :
            issuer.token(kid, issuer.header(kid), claims(scope, seconds));
    }

    private static String claims(final String scope, final int seconds)
    {
        final long nowS = System.currentTimeMillis() / 1_000;
        return TestIssuer.claims(scope, nowS, nowS + seconds).replace(TestIssuer.SUBJECT, "maker");
    }

    /** What tells of access tokens; of refusals only the first in a second is there. */
    private List<String> records() throws Exception
    {
        final List<String> texts = new ArrayList<>();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        try (JournalReader reader = new JournalReader(fixture.journal()))
        {
            while (JournalReader.Event.RECORD == reader.poll())
            {
                final String text = text(reader.buffer(), reader.offset(), header);
                if (null != text)
                {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    private static String text(final DirectBuffer record, final int offset, final MessageHeaderDecoder header)
    {
        switch (header.wrap(record, offset).templateId())
        {
            case IntentDecoder.TEMPLATE_ID:
                return "intent " + new IntentDecoder().wrapAndApplyHeader(record, offset, header).accessScopes();
            case AccessTokenAcceptedDecoder.TEMPLATE_ID:
                final AccessTokenAcceptedDecoder accepted =
                    new AccessTokenAcceptedDecoder().wrapAndApplyHeader(record, offset, header);
                assertEquals("maker", accepted.principal());
                assertEquals(TestIssuer.ISSUER, accepted.issuer());
                assertEquals("maker", accepted.subject());
                return "accepted " + accepted.scopes() + " " + accepted.accessTokenId();
            case AccessTokenRefusedDecoder.TEMPLATE_ID:
                final AccessTokenRefusedDecoder refused =
                    new AccessTokenRefusedDecoder().wrapAndApplyHeader(record, offset, header);
                assertEquals("maker", refused.principal());
                return "refused " + refused.why();
            default:
                return null;
        }
    }

    private void assertNowhereInTheJournal(final byte[] token) throws Exception
    {
        final String signature = new String(token).substring(new String(token).lastIndexOf('.') + 1);
        try (Stream<Path> files = Files.walk(fixture.journal()))
        {
            for (final Path file : files.filter(Files::isRegularFile).toList())
            {
                assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains(signature), file.toString());
            }
        }
    }
}
