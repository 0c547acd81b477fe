package io.countersign.gateway.config;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * What the gateway thread does while there is nothing to do: latency against a core.
 */
public enum IdleMode
{
    /** Burns its core; lowest latency. Give it one of its own. */
    SPIN("spin"),

    /** Offers its core to others at every idle turn. */
    YIELD("yield"),

    /** Spins, yields, then parks up to 100 microseconds. */
    BACKOFF("backoff");

    private final String configName;

    IdleMode(final String configName)
    {
        this.configName = configName;
    }

    /**
     * Find by the name that the configuration uses.
     *
     * @param name as written.
     * @return the mode or null when there is none of that name.
     */
    public static IdleMode ofConfigName(final String name)
    {
        for (final IdleMode mode : values())
        {
            if (mode.configName.equals(name))
            {
                return mode;
            }
        }
        return null;
    }

    /**
     * A new idle strategy; strategies have state, so each thread needs its own.
     *
     * @return the strategy.
     */
    public IdleStrategy strategy()
    {
        return switch (this)
        {
            case SPIN -> BusySpinIdleStrategy.INSTANCE;
            case YIELD -> YieldingIdleStrategy.INSTANCE;
            case BACKOFF -> new BackoffIdleStrategy(100, 10, 1_000, 100_000);
        };
    }
}
