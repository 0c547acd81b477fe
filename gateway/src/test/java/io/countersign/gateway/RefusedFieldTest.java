package io.countersign.gateway;

import io.countersign.client.BlockingClient;
import io.countersign.client.NewOrderRequest;
import io.countersign.client.RejectedException;
import io.countersign.codecs.wire.Field;
import io.countersign.codecs.wire.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.function.Consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A bot is told which field the venue cannot take.
 */
@Timeout(120)
class RefusedFieldTest
{
    @Test
    void shouldNameTheFieldToTheBot() throws Exception
    {
        try (GatewayFixture fixture = new GatewayFixture())
        {
            fixture.launch();
            try (BlockingClient client = fixture.connect())
            {
                assertRefused(client, Reason.FIELD_INVALID, Field.QUANTITY, (order) -> order.quantity(0, 0));
                assertRefused(client, Reason.FIELD_INVALID, Field.CLIENT_ORDER_ID,
                    (order) -> order.clientOrderId("a\nb"));
                assertRefused(client, Reason.FIELD_INVALID, Field.RECEIVE_WINDOW, (order) -> order.maxAgeMs(60_001));
                assertRefused(client, Reason.QUANTITY_ABOVE_LIMIT, Field.NULL_VAL, (order) -> order.quantity(101, -1));
            }
            assertTrue(fixture.errors().isEmpty(), () -> "errors were reported: " + fixture.errors());
        }
    }

    private static void assertRefused(
        final BlockingClient client, final Reason reason, final Field field, final Consumer<NewOrderRequest> change)
    {
        final RejectedException refused = assertThrows(RejectedException.class, () -> client.newOrder((order) ->
        {
            GatewayFixture.documentedOrder(order);
            change.accept(order);
        }));
        assertEquals(reason, refused.reason());
        assertEquals(field, refused.field());
        assertEquals(Field.NULL_VAL != field, refused.getMessage().contains(reason + " " + field));
    }
}
