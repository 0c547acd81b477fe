package io.countersign.ops.keys;

import io.countersign.ops.score.ApplianceScore;
import io.countersign.ops.score.Factor;
import io.countersign.ops.score.KeyScore;
import io.countersign.ops.score.Quantity;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Scores, as people and programs read them.
 */
final class ScoreText
{
    private static final int DEAREST = 3;

    private ScoreText()
    {
    }

    static void print(final PrintWriter out, final KeyScore key)
    {
        out.println("key " + key.alias() + " (id " + key.id() + "): score " + key.score() + " = 100 x strength " +
            key.quantity(Quantity.STRENGTH).toPlainString() + " x access " +
            key.quantity(Quantity.ACCESS).toPlainString() + " / exposure " +
            key.quantity(Quantity.EXPOSURE).toPlainString());
        for (final Factor factor : key.dearest(DEAREST))
        {
            out.println(String.format(Locale.ROOT, "  %+3d: %s: %s (%s %s: %s)", key.gain(factor), factor.name(),
                factor.advice(), factor.quantity(), factor.value().toPlainString(), factor.reason()));
        }
        if (!key.unknown().isEmpty())
        {
            out.println("  unknown, counted as: " + key.unknown().stream()
                .map((factor) -> factor.name() + " " + factor.value().toPlainString())
                .collect(Collectors.joining(", ")));
        }
    }

    static void print(final PrintWriter out, final ApplianceScore appliance)
    {
        if (null == appliance)
        {
            out.println("appliance: no score, none of its keys is in use");
            return;
        }
        final List<Factor> dearest = appliance.lowest().dearest(1);
        out.println("appliance: score " + appliance.score() + ", the mean of its lowest, " +
            appliance.lowest().score() + ", and of the mean of all " + appliance.count() + " keys in use, " +
            appliance.mean().toPlainString() + "; held down by " + appliance.lowest().alias() +
            (dearest.isEmpty() ? "" : ": " + dearest.getFirst().advice()));
    }

    static Map<String, Object> fields(final KeyScore key)
    {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("alias", key.alias());
        fields.put("id", key.id());
        fields.put("score", key.score());
        for (final Quantity quantity : Quantity.values())
        {
            fields.put(quantity.toString(), key.quantity(quantity));
        }
        fields.put("inUse", key.isInUse());
        fields.put("factors", key.factors().stream().map((factor) -> fields(key, factor)).toList());
        return fields;
    }

    static Map<String, Object> fields(final ApplianceScore appliance)
    {
        if (null == appliance)
        {
            return null;
        }
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("score", appliance.score());
        fields.put("lowest", appliance.lowest().alias());
        fields.put("lowestScore", appliance.lowest().score());
        fields.put("mean", appliance.mean());
        fields.put("keysInUse", appliance.count());
        return fields;
    }

    private static Map<String, Object> fields(final KeyScore key, final Factor factor)
    {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", factor.name());
        fields.put("quantity", factor.quantity().toString());
        fields.put("value", factor.value());
        fields.put("known", factor.isKnown());
        fields.put("reason", factor.reason());
        fields.put("gain", key.gain(factor));
        fields.put("advice", factor.advice());
        return fields;
    }
}
