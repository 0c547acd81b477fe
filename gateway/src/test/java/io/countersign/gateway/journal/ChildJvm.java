package io.countersign.gateway.journal;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a JVM with the flags of every Countersign process and the class path of the test.
 */
final class ChildJvm
{
    private ChildJvm()
    {
    }

    static Process start(final File output, final Class<?> main, final String... arguments) throws IOException
    {
        return start(List.of(), List.of(), output, main, arguments);
    }

    static Process start(
        final List<String> prefix,
        final List<String> flags,
        final File output,
        final Class<?> main,
        final String... arguments)
        throws IOException
    {
        final List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + Path.of(System.getProperty("countersign.root"), "config", "jvm.args"));
        command.addAll(flags);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
    }
}
