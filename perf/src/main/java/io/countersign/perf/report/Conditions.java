package io.countersign.perf.report;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run was measured under: names and values for people, in the order in which they are shown.
 *
 * @param valueByName ordered, cannot be changed.
 */
public record Conditions(Map<String, String> valueByName)
{
    /** The value of what cannot be found out. */
    public static final String UNKNOWN = "unknown";
    /** The model of the processor. */
    public static final String CPU = "CPU";
    /** Cores that the operating system has. */
    public static final String CORES = "cores";
    /** The operating system's kernel. */
    public static final String KERNEL = "kernel";
    /** Name and version of the virtual machine. */
    public static final String JVM = "JVM";
    /** Its flags. */
    public static final String FLAGS = "JVM flags";
    /** Tokens: module and version of the library. */
    public static final String TOKEN = "token";
    /** The cores that this process may run on. */
    public static final String PINNING = "pinning";
    /** How the gateway's thread waits. */
    public static final String IDLE = "idle";
    /** The journal's durability. */
    public static final String DURABILITY = "durability";
    /** Transparent huge pages. */
    public static final String HUGE_PAGES = "transparent huge pages";
    /** The processor's frequency governor. */
    public static final String GOVERNOR = "frequency governor";
    /** The processor's idle states. */
    public static final String IDLE_STATES = "idle states";
    /** What was measured: git revision, and whether there were changes beyond it. */
    public static final String REVISION = "revision";
    /** When, in UTC. */
    public static final String STARTED = "started";

    /**
     * Copy.
     *
     * @param valueByName in the order in which they are shown.
     */
    public Conditions
    {
        valueByName = Collections.unmodifiableMap(new LinkedHashMap<>(valueByName));
    }

    /**
     * What can be found out here and now: processor, kernel, JVM and flags, pinning, revision, time. No host name, no
     * path that is not below the project.
     *
     * @param root directory of the project.
     * @return those that hold; {@link #UNKNOWN} for what cannot be read.
     */
    public static Conditions collect(final Path root)
    {
        return new ConditionsCollector(root.toAbsolutePath().normalize()).collect();
    }

    /**
     * These and one more token.
     *
     * @param name    of it, {@code softhsm}.
     * @param module  its library, of which the file's name is shown, not where it lies.
     * @param version of the library, {@link #UNKNOWN} when it is not known.
     * @return others.
     */
    public Conditions withToken(final String name, final Path module, final String version)
    {
        final String token = name + " (" + module.getFileName() + ", version " + version + ")";
        return with(TOKEN, valueByName.containsKey(TOKEN) ? valueByName.get(TOKEN) + ", " + token : token);
    }

    /**
     * One condition.
     *
     * @param name of it.
     * @return its value, {@link #UNKNOWN} when it is not among them.
     */
    public String value(final String name)
    {
        return valueByName.getOrDefault(name, UNKNOWN);
    }

    /**
     * These and one more.
     *
     * @param name  of the condition, which takes the place of one of the same name.
     * @param value for people.
     * @return others.
     */
    public Conditions with(final String name, final String value)
    {
        final Map<String, String> more = new LinkedHashMap<>(valueByName);
        more.put(name, value);
        return new Conditions(more);
    }
}
