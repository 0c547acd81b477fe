package io.countersign.ops.venues;

import io.countersign.venues.Operation;
import io.countersign.venues.hyperliquid.HyperliquidL1;
import io.countersign.venues.profile.FieldSource;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a vector's L1 action of Hyperliquid back into a bot's order.
 */
final class HyperliquidAction
{
    private static final long NANOS_PER_MILLI = 1_000_000;

    private HyperliquidAction()
    {
    }

    static Verdict check(final Vector vector, final VectorBench bench) throws GeneralSecurityException
    {
        final Object action = null != vector.fields().get("action") ?
            vector.fields().get("action") : vector.fields().get("params");
        final String type = action instanceof final Map<?, ?> map ? String.valueOf(map.get("type")) : "none";
        final Operation operation = switch (type)
        {
            case "order" -> Operation.NEW_ORDER;
            case "cancel", "cancelByCloid" -> Operation.CANCEL_ORDER;
            default -> null;
        };
        final String nonce = vector.text("timestamp");
        if (null == operation || null == nonce || !nonce.matches("[0-9]{1,18}"))
        {
            return Verdict.notDescribed(vector.id(), "the scheme signs no action '" + type + "'");
        }
        return SchemeVector.check(vector, bench, operation, (values) ->
        {
            read((Map<?, ?>) action, type, values);
            stated(vector, values, nonce);
        });
    }

    private static void stated(final Vector vector, final Values values, final String nonce)
    {
        values.put(FieldSource.NONCE, nonce);
        values.put(FieldSource.TIMESTAMP, Long.toString(Long.parseLong(nonce) * NANOS_PER_MILLI));
        if (null != vector.text("network"))
        {
            values.putParameter(HyperliquidL1.NETWORK, vector.text("network"));
        }
        if (null != vector.text("vault_address"))
        {
            final String vault = vector.text("vault_address");
            values.putParameter(HyperliquidL1.VAULT, vault.startsWith("0x") ? vault : "0x" + vault);
        }
        if (null != vector.text("expires_after"))
        {
            values.put(FieldSource.RECEIVE_WINDOW,
                Long.toString(Long.parseLong(vector.text("expires_after")) - Long.parseLong(nonce)));
        }
    }

    private static void read(final Map<?, ?> action, final String type, final Values values) throws Contradiction
    {
        final boolean isOrder = "order".equals(type);
        final Map<?, ?> item = only(action.get(isOrder ? "orders" : "cancels"));
        if (isOrder && !"na".equals(String.valueOf(action.get("grouping"))))
        {
            throw new Contradiction("'grouping' is " + action.get("grouping") + "; orders of a bot go alone: na");
        }
        switch (type)
        {
            case "cancel" ->
            {
                put(values, FieldSource.SYMBOL, item.get("a"));
                put(values, FieldSource.ORDER_ID, item.get("o"));
            }
            case "cancelByCloid" ->
            {
                put(values, FieldSource.SYMBOL, item.get("asset"));
                put(values, FieldSource.ORIGINAL_CLIENT_ORDER_ID, item.get("cloid"));
            }
            default -> readOrder(item, values);
        }
    }

    private static void readOrder(final Map<?, ?> item, final Values values) throws Contradiction
    {
        put(values, FieldSource.SYMBOL, item.get("a"));
        values.put(FieldSource.SIDE, Boolean.TRUE.equals(item.get("b")) ? "buy" : "sell");
        put(values, FieldSource.PRICE, item.get("p"));
        put(values, FieldSource.QUANTITY, item.get("s"));
        put(values, FieldSource.REDUCE_ONLY, item.get("r"));
        put(values, FieldSource.CLIENT_ORDER_ID, item.get("c"));
        final Object kind = item.get("t");
        if (kind instanceof final Map<?, ?> type && type.get("limit") instanceof final Map<?, ?> limit)
        {
            final String tif = String.valueOf(limit.get("tif")).toLowerCase(Locale.ROOT);
            values.put(FieldSource.ORDER_TYPE, "alo".equals(tif) ? "limit-maker" : "limit");
            put(values, FieldSource.TIME_IN_FORCE, "alo".equals(tif) ? null : tif);
        }
        else if (kind instanceof final Map<?, ?> type && type.get("trigger") instanceof final Map<?, ?> trigger)
        {
            put(values, FieldSource.STOP_PRICE, trigger.get("triggerPx"));
            values.put(FieldSource.ORDER_TYPE, ("sl".equals(trigger.get("tpsl")) ? "stop-loss" : "take-profit") +
                (Boolean.TRUE.equals(trigger.get("isMarket")) ? "" : "-limit"));
        }
        else
        {
            throw new Contradiction("'t' is neither limit nor trigger");
        }
    }

    private static Map<?, ?> only(final Object list) throws Contradiction
    {
        if (list instanceof final List<?> items && 1 == items.size() && items.getFirst() instanceof final Map<?, ?> map)
        {
            return map;
        }
        throw new Contradiction("the action has other than one item, and one is what a bot asks for");
    }

    private static void put(final Values values, final FieldSource source, final Object value)
    {
        if (null != value)
        {
            values.put(source, value.toString());
        }
    }
}
