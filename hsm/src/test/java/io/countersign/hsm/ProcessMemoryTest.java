package io.countersign.hsm;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProcessMemoryTest
{
    private static final int PR_GET_DUMPABLE = 3;

    @Test
    void shouldMakeTheProcessNotDumpable() throws Exception
    {
        final Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Closing.class.getName()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        final List<String> lines = process.inputReader().readAllLines();
        assertEquals(0, process.waitFor());
        assertEquals(List.of("1", "true", "0", "0", "can start children"), lines);
    }

    /** Runs in a process of its own, which stays so. */
    static final class Closing
    {
        private Closing()
        {
        }

        public static void main(final String[] arguments) throws Exception
        {
            System.out.println(dumpable());
            System.out.println(ProcessMemory.close());
            System.out.println(dumpable());
            System.out.println(Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter((line) -> line.startsWith("Max core file size")).findAny().orElseThrow().split(" +")[4]);
            final Process child = new ProcessBuilder("/bin/echo", "can start children").start();
            System.out.println(child.inputReader().readLine());
        }

        @SuppressWarnings("restricted")
        private static int dumpable()
        {
            try
            {
                final Linker linker = Linker.nativeLinker();
                final MethodHandle prctl = linker.downcallHandle(
                    linker.defaultLookup().find("prctl").orElseThrow(),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    Linker.Option.firstVariadicArg(1));
                return (int) prctl.invokeExact(PR_GET_DUMPABLE, 0L, 0L, 0L, 0L);
            }
            catch (final Throwable ex)
            {
                throw new IllegalStateException(ex);
            }
        }
    }
}
