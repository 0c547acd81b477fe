package io.countersign.perf.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command of another JVM with the class path of this one and the flags of every Countersign process.
 */
final class JvmCommand
{
    private JvmCommand()
    {
    }

    /** Where Countersign is installed, as its scripts and its build say. */
    static Path root()
    {
        return Path.of(System.getProperty("countersign.root", "."));
    }

    static List<String> of(
        final Path temporary, final Class<?> main, final List<String> flags, final List<String> arguments)
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + root().resolve("config").resolve("jvm.args"));
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add("-Dcountersign.root=" + root());
        command.addAll(flags);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }
}
