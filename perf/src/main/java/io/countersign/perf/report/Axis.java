package io.countersign.perf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * From values to places along one side of a plot.
 */
final class Axis
{
    /**
     * A line across the plot.
     *
     * @param place 0 to 1.
     * @param label empty for a line without.
     */
    record Tick(double place, String label)
    {
    }

    private static final int MAX_LINEAR_TICKS = 7;
    private static final double[] STEPS = {1, 2, 5, 10};
    private static final double WHOLE = 100.0;

    private final String label;
    private final double min;
    private final double max;
    private final DoubleUnaryOperator scale;
    private final List<Tick> ticks = new ArrayList<>();

    private Axis(final String label, final double min, final double max, final DoubleUnaryOperator scale)
    {
        this.label = label;
        this.min = scale.applyAsDouble(min);
        this.max = scale.applyAsDouble(max);
        this.scale = scale;
    }

    /** From 0 to a round number. */
    static Axis linear(final String label, final double largest)
    {
        final double rough = Math.max(largest, 1e-9) / MAX_LINEAR_TICKS;
        final double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power;
        for (final double factor : STEPS)
        {
            if (step < rough)
            {
                step = power * factor;
            }
        }
        final int count = (int) Math.ceil(largest / step - 1e-9);
        final Axis axis = new Axis(label, 0, count * step, DoubleUnaryOperator.identity());
        for (int i = 0; i <= count; i++)
        {
            axis.tick(i * step, number(i * step));
        }
        return axis;
    }

    /** Decades, each with lines at 2 and 5; from and to one of those. */
    static Axis log(final String label, final double smallest, final double largest)
    {
        final double low = Math.max(smallest, 1e-3);
        final Axis axis = new Axis(label, roundDown(low), roundUp(Math.max(largest, low * 2)), Math::log10);
        final boolean isShort = axis.max - axis.min < 3;
        for (int decade = (int) Math.floor(axis.min + 1e-9); decade <= axis.max + 1e-9; decade++)
        {
            for (int i = 0; i < STEPS.length - 1; i++)
            {
                final double value = Math.pow(10, decade) * STEPS[i];
                axis.tick(value, 0 == i || isShort ? number(value) : "");
            }
        }
        return axis;
    }

    /** Percentiles: as much room from 90 to 99 as from 99 to 99.9. Values are per cent. */
    static Axis nines(final String label, final double largest)
    {
        final Axis axis = new Axis(label, 0, largest, (percentile) -> -Math.log10(1 - percentile / WHOLE));
        axis.tick(0, "0 %");
        axis.tick(50, "50 %");
        double percentile = 90;
        for (int nines = 1; percentile <= largest + 1e-9; nines++)
        {
            axis.tick(percentile, nines < 3 ? number(percentile) + " %" :
                String.format(Locale.ROOT, "%." + (nines - 2) + "f %%", percentile));
            percentile = WHOLE - Math.pow(10, 1 - nines);
        }
        return axis;
    }

    /** Names at 0.5, 1.5 and so on. */
    static Axis names(final String label, final List<String> names)
    {
        final Axis axis = new Axis(label, 0, names.size(), DoubleUnaryOperator.identity());
        for (int i = 0; i < names.size(); i++)
        {
            axis.tick(i + 0.5, names.get(i));
        }
        return axis;
    }

    String label()
    {
        return label;
    }

    List<Tick> ticks()
    {
        return ticks;
    }

    /** Of a value: 0 to 1, what lies outside at the nearest end. */
    double place(final double value)
    {
        final double place = (scale.applyAsDouble(value) - min) / (max - min);
        return Double.isNaN(place) ? 0 : Math.clamp(place, 0, 1);
    }

    static String number(final double value)
    {
        if (value >= 1_000_000)
        {
            return trimmed(value / 1_000_000) + "M";
        }
        return value >= 10_000 ? trimmed(value / 1_000) + "k" : trimmed(value);
    }

    private void tick(final double value, final String text)
    {
        final double scaled = scale.applyAsDouble(value);
        if (scaled >= min - 1e-9 && scaled <= max + 1e-9)
        {
            ticks.add(new Tick((scaled - min) / (max - min), text));
        }
    }

    private static String trimmed(final double value)
    {
        final String text = String.format(Locale.ROOT, "%.3f", value);
        return text.replaceAll("\\.?0+$", "");
    }

    private static double roundDown(final double value)
    {
        final double power = Math.pow(10, Math.floor(Math.log10(value)));
        return value >= 5 * power ? 5 * power : value >= 2 * power ? 2 * power : power;
    }

    private static double roundUp(final double value)
    {
        final double power = Math.pow(10, Math.floor(Math.log10(value)));
        return value <= power ? power : value <= 2 * power ? 2 * power : value <= 5 * power ? 5 * power : 10 * power;
    }
}
