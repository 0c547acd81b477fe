package io.countersign.venues;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The venues that may be used, by the names that configuration uses.
 */
public final class Venues
{
    private final List<String> names;
    private final Function<String, Venue> loader;
    private final Map<String, Venue> loaded = new ConcurrentHashMap<>();

    private Venues(final List<String> names, final Function<String, Venue> loader)
    {
        this.names = List.copyOf(names);
        this.loader = loader;
    }

    /**
     * Venues that are made when they are first asked for.
     *
     * @param names  of the venues, each once.
     * @param loader makes the venue of one of these names.
     * @return the venues.
     */
    public static Venues of(final List<String> names, final Function<String, Venue> loader)
    {
        return new Venues(names, loader);
    }

    /**
     * These venues.
     *
     * @param venues each with a name of its own.
     * @return the venues.
     */
    public static Venues of(final List<Venue> venues)
    {
        final Map<String, Venue> byName = venues.stream().collect(Collectors.toMap(Venue::name, Function.identity()));
        return new Venues(venues.stream().map(Venue::name).toList(), byName::get);
    }

    /**
     * The venue of a name.
     *
     * @param name for example {@code binance-spot}.
     * @return the venue, or null when none has this name.
     */
    public Venue byName(final String name)
    {
        return names.contains(name) ? loaded.computeIfAbsent(name, loader) : null;
    }

    /**
     * Every venue.
     *
     * @return the venues in the order in which they were given.
     */
    public List<Venue> all()
    {
        return names.stream().map(this::byName).toList();
    }

    /**
     * Every name that {@link #byName} knows, for messages to people.
     *
     * @return the names, separated by a comma and a space.
     */
    public String names()
    {
        return String.join(", ", names);
    }
}
