package io.countersign.perf.demo;

import io.countersign.client.CancelOrderRequest;
import io.countersign.client.QueryAccountRequest;
import io.countersign.client.QueryOrderRequest;
import io.countersign.client.Request;
import io.countersign.codecs.wire.CancelRestriction;
import io.countersign.perf.demo.PublishedExamples.Example;

/**
 * Puts the fields that an example has into a request; those that it has not stay absent.
 */
final class ExampleFields
{
    private ExampleFields()
    {
    }

    static void fill(final CancelOrderRequest cancel, final Example example)
    {
        common(cancel, example);
        if (example.has("orderId"))
        {
            cancel.orderId(Long.parseLong(example.text("orderId")));
        }
        if (example.has("cancelRestriction"))
        {
            cancel.cancelRestriction(CancelRestriction.valueOf(example.text("cancelRestriction")));
        }
        cancel.symbol(example.text("symbol"))
            .originalClientOrderId(example.text("originalClientOrderId"))
            .clientOrderId(example.text("clientOrderId"));
    }

    static void fill(final QueryOrderRequest query, final Example example)
    {
        common(query, example);
        if (example.has("orderId"))
        {
            query.orderId(Long.parseLong(example.text("orderId")));
        }
        query.symbol(example.text("symbol")).originalClientOrderId(example.text("originalClientOrderId"));
    }

    static void fill(final QueryAccountRequest query, final Example example)
    {
        common(query, example);
        if (example.has("omitZeroBalances"))
        {
            query.omitZeroBalances(Boolean.parseBoolean(example.text("omitZeroBalances")));
        }
    }

    private static void common(final Request<?> request, final Example example)
    {
        request.key(example.text("key"));
        if (example.has("maxAgeMs"))
        {
            request.maxAgeMs(Integer.parseInt(example.text("maxAgeMs")));
        }
    }
}
