package io.countersign.ops.operators;

import io.countersign.codecs.authentication.TimeBasedCode;
import io.countersign.ops.CommandException;
import io.countersign.ops.Terminal;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * The one-time codes that go with an operator's commands, one for each: as given, else computed from the secret, else
 * asked for.
 */
final class OneTimeCodes implements AutoCloseable
{
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Pattern CODE = Pattern.compile("[0-9]{6}");
    private static final String FROM =
        "give --totp CODE for each command, or --totp-file FILE, or run it on a terminal";

    private final Deque<String> given;
    private final byte[] secret;
    private final Terminal terminal;
    private final String operator;
    private final Consumer<String> say;
    private final LongSupplier clockMs;
    private long lastStep;
    private boolean isAnyAsked;
    private boolean isAnyGiven;

    /**
     * What codes come from.
     *
     * @param operator whose they are.
     * @param given    as typed.
     * @param secret   that they are computed from, or null; zeroed when this is closed.
     * @param terminal to ask on.
     * @param say      tells people what is waited for.
     * @param clockMs  UTC.
     */
    OneTimeCodes(
        final String operator,
        final List<String> given,
        final byte[] secret,
        final Terminal terminal,
        final Consumer<String> say,
        final LongSupplier clockMs)
    {
        this.operator = operator;
        this.given = new ArrayDeque<>(given);
        this.secret = secret;
        this.terminal = terminal;
        this.say = say;
        this.clockMs = clockMs;
        given.forEach(OneTimeCodes::parse);
    }

    /** Refuses where none can be had, before anything is begun that needs one. */
    void requireAny()
    {
        if (given.isEmpty() && null == secret && !terminal.isThere())
        {
            throw new CommandException("there is no one-time code: " + FROM);
        }
    }

    /** Whether the next one is at hand without a person. */
    boolean isComputed()
    {
        return given.isEmpty() && null != secret;
    }

    /** Until the authenticator app shows another code, in seconds, at least 1. */
    long nextInS()
    {
        final long leftMs = TimeBasedCode.STEP_MS - Math.floorMod(clockMs.getAsLong(), TimeBasedCode.STEP_MS);
        return TimeUnit.MILLISECONDS.toSeconds(leftMs + 999);
    }

    /** The next code; may wait until there is one, as each is good once. */
    int next()
    {
        if (!given.isEmpty())
        {
            isAnyGiven = true;
            return parse(given.removeFirst());
        }
        if (null != secret)
        {
            return compute();
        }
        if (!terminal.isThere())
        {
            throw new CommandException((isAnyGiven ? "there is no one-time code left, and each is good for one " +
                "command: " : "there is no one-time code: ") + FROM);
        }
        final String typed = terminal.ask((isAnyAsked ? "next one-time code of " : "one-time code of ") + operator +
            ":");
        isAnyAsked = true;
        return parse(null == typed ? "" : typed.replace(" ", ""));
    }

    @Override
    public void close()
    {
        if (null != secret)
        {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private int compute()
    {
        // The gateway takes the code of the step to come as well.
        final long step = Math.max(TimeBasedCode.step(clockMs.getAsLong()), lastStep + 1);
        if (TimeBasedCode.step(clockMs.getAsLong()) < step - 1)
        {
            say.accept("waiting " + nextInS() + " s for the next one-time code of " + operator);
        }
        while (TimeBasedCode.step(clockMs.getAsLong()) < step - 1)
        {
            pause();
        }
        lastStep = step;
        return TimeBasedCode.of(secret, step);
    }

    private void pause()
    {
        LockSupport.parkNanos(this, PAUSE_NS);
        if (Thread.currentThread().isInterrupted())
        {
            throw new CommandException("interrupted while waiting for the next one-time code");
        }
    }

    private static int parse(final String code)
    {
        if (!CODE.matcher(code).matches())
        {
            throw new CommandException("a one-time code has 6 digits, as the authenticator app shows them");
        }
        return Integer.parseInt(code);
    }
}
