package io.countersign.gateway;

import io.countersign.client.BlockingClient;
import io.countersign.client.SignedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class GatewayRoadTest
{
    private GatewayFixture fixture;

    @BeforeEach
    void before() throws Exception
    {
        fixture = new GatewayFixture().launch();
    }

    @AfterEach
    void after()
    {
        fixture.close();
        assertTrue(fixture.errors().isEmpty(), () -> "errors were reported: " + fixture.errors());
    }

    @Test
    void shouldReproduceThePublishedSignature()
    {
        try (BlockingClient client = fixture.connect())
        {
            final SignedRequest signed = client.newOrder(GatewayFixture::documentedOrder);
            assertEquals(GatewayFixture.DOCUMENTED_SIGNATURE, signed.signature());
            assertEquals("/api/v3/order", signed.path());
            assertEquals("X-MBX-APIKEY: " + GatewayFixture.DOCUMENTED_API_KEY + "\n", signed.headers());
        }
    }

    @Test
    void shouldServeManyBotsThatConnectAtTheSameTime() throws Exception
    {
        final int bots = 64;
        try (ExecutorService executor = Executors.newFixedThreadPool(8))
        {
            final List<Future<String>> signatures = new ArrayList<>();
            for (int i = 0; i < bots; i++)
            {
                signatures.add(executor.submit(() ->
                {
                    try (BlockingClient client = fixture.connect())
                    {
                        return client.newOrder(GatewayFixture::documentedOrder).signature();
                    }
                }));
            }
            for (final Future<String> signature : signatures)
            {
                assertEquals(GatewayFixture.DOCUMENTED_SIGNATURE, signature.get());
            }
        }
    }
}
