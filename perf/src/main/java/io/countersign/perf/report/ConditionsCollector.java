package io.countersign.perf.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what a run is measured under from the operating system, the JVM and git.
 */
final class ConditionsCollector
{
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Path SELF = Path.of("/proc/self/status");
    private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    private static final Path CPU = Path.of("/sys/devices/system/cpu/cpu0");
    private static final Path ISOLATED = Path.of("/sys/devices/system/cpu/isolated");
    private static final String FLAGS_FILE = "config/jvm.args";
    private static final long GIT_TIMEOUT_S = 10;

    private final Path root;

    ConditionsCollector(final Path root)
    {
        this.root = root;
    }

    Conditions collect()
    {
        final Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put(Conditions.CPU, field(CPU_INFO, "model name"));
        conditions.put(Conditions.CORES, String.valueOf(Runtime.getRuntime().availableProcessors()));
        conditions.put(Conditions.KERNEL, System.getProperty("os.name") + " " + System.getProperty("os.version") +
            " " + System.getProperty("os.arch"));
        conditions.put(Conditions.JVM, System.getProperty("java.vm.name") + " " +
            System.getProperty("java.runtime.version"));
        conditions.put(Conditions.FLAGS, flags());
        conditions.put(Conditions.PINNING, "may run on " + field(SELF, "Cpus_allowed_list") + ", isolated: " +
            text(ISOLATED).map((cores) -> cores.isEmpty() ? "none" : cores).orElse(Conditions.UNKNOWN));
        conditions.put(Conditions.HUGE_PAGES, text(HUGE_PAGES).map(ConditionsCollector::chosen)
            .orElse(Conditions.UNKNOWN));
        conditions.put(Conditions.GOVERNOR, text(CPU.resolve("cpufreq/scaling_governor"))
            .orElse(Conditions.UNKNOWN));
        conditions.put(Conditions.IDLE_STATES, idleStates());
        conditions.put(Conditions.REVISION, revision());
        conditions.put(Conditions.STARTED, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        return new Conditions(conditions);
    }

    /** Those of the file that all processes share, then what this one was given beyond it. */
    private String flags()
    {
        final List<String> shared = text(root.resolve(FLAGS_FILE)).stream().flatMap(String::lines)
            .filter((line) -> !line.startsWith("#")).toList();
        // The JVM joins a flag and its value by '=' where the file has a blank.
        final List<String> known = shared.stream().map((flag) -> flag.replace(' ', '=')).toList();
        return Stream.concat(
            shared.stream(),
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter((flag) -> !known.contains(flag)))
            .map(this::withoutPaths)
            .collect(Collectors.joining(" "));
    }

    /** Paths below the project as they are from there; of others no more than the name. */
    private String withoutPaths(final String flag)
    {
        final int value = flag.indexOf('/');
        if (value < 0 || flag.startsWith("--"))
        {
            return flag;
        }
        final Path path = Path.of(flag.substring(value));
        return flag.substring(0, value) + (path.startsWith(root) ? root.relativize(path) : path.getFileName());
    }

    private static String idleStates()
    {
        final List<String> names = new ArrayList<>();
        Optional<String> name = text(CPU.resolve("cpuidle/state0/name"));
        while (name.isPresent())
        {
            names.add(name.get());
            name = text(CPU.resolve("cpuidle/state" + names.size() + "/name"));
        }
        return names.isEmpty() ? Conditions.UNKNOWN : String.join(" ", names);
    }

    /** Of the project's own repository: its sources may lie unpacked in another. */
    private String revision()
    {
        final Optional<String> prefix = git("rev-parse", "--show-prefix");
        final Optional<String> revision = git("rev-parse", "--short=12", "HEAD");
        final Optional<String> changes = git("status", "--porcelain");
        if (revision.isEmpty() || changes.isEmpty() || !prefix.orElse("/").isEmpty())
        {
            return Conditions.UNKNOWN;
        }
        return revision.get() + (changes.get().isEmpty() ? "" : " with changes");
    }

    private Optional<String> git(final String... arguments)
    {
        final List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try
        {
            final Process git = new ProcessBuilder(command).directory(root.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            final String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor(GIT_TIMEOUT_S, TimeUnit.SECONDS) && 0 == git.exitValue() ?
                Optional.of(answer) : Optional.empty();
        }
        catch (final IOException ex)
        {
            return Optional.empty();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Of {@code always [madvise] never} the one in brackets. */
    private static String chosen(final String choices)
    {
        return choices.replaceAll(".*\\[(.*)].*", "$1");
    }

    private static String field(final Path file, final String name)
    {
        return text(file).stream().flatMap(String::lines)
            .filter((line) -> line.startsWith(name) && line.indexOf(':') >= 0)
            .map((line) -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst().orElse(Conditions.UNKNOWN);
    }

    private static Optional<String> text(final Path file)
    {
        try
        {
            return Optional.of(Files.readString(file).strip());
        }
        catch (final IOException ex)
        {
            return Optional.empty();
        }
    }
}
