package io.countersign.perf.bench;

import java.io.PrintStream;
import java.util.List;

/**
 * Tells what is being done and how long the rest takes.
 */
final class Progress
{
    private final PrintStream out;
    private int steps;
    private int step;
    private double secondsLeft;

    Progress(final PrintStream out)
    {
        this.out = out;
    }

    void expect(final List<Step> all)
    {
        steps = all.size();
        secondsLeft = all.stream().mapToDouble(Step::seconds).sum();
    }

    void begin(final Step next)
    {
        out.printf("[%2d/%d] %s; about %.0f s left%n", ++step, steps, next.name(), secondsLeft);
        secondsLeft -= next.seconds();
    }

    void say(final String line)
    {
        out.println("        " + line);
    }
}
