package io.countersign.perf.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The other end of a {@link MeasuringProcess}, in a Java process.
 */
final class SignerLoop
{
    private SignerLoop()
    {
    }

    /**
     * What makes the signer, which may fail as it likes.
     */
    interface Start
    {
        /**
         * Make the signer.
         *
         * @return the signer.
         * @throws Exception told to whoever started the process.
         */
        PayloadSigner start() throws Exception;
    }

    /**
     * Answer until the end of the standard input, then end the process.
     *
     * @param start makes the signer.
     */
    static void run(final Start start)
    {
        int exitCode = 0;
        try
        {
            final PayloadSigner signer = start.start();
            say(MeasuringProcess.READY);
            answer(signer);
        }
        catch (final Exception ex)
        {
            say(PeerProcess.FAILED + describe(ex));
            exitCode = 1;
        }
        System.exit(exitCode);
    }

    /** One line on the standard output. */
    static void say(final String line)
    {
        System.out.print(line + "\n");
        System.out.flush();
    }

    /** An error and what it came from, in one line. */
    static String describe(final Throwable error)
    {
        final StringBuilder line = new StringBuilder();
        for (Throwable cause = error; null != cause; cause = cause.getCause())
        {
            line.append(line.isEmpty() ? "" : ", from ").append(cause.toString().replace('\n', ' '));
        }
        return line.toString();
    }

    private static void answer(final PayloadSigner signer) throws Exception
    {
        final BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        String command = commands.readLine();
        while (null != command)
        {
            if (command.startsWith(MeasuringProcess.ROUND))
            {
                write(measure(signer, Integer.parseInt(command.substring(MeasuringProcess.ROUND.length()))));
            }
            else
            {
                say(MeasuringProcess.SIGNATURE + HexFormat.of().formatHex(signer.sign()));
            }
            command = commands.readLine();
        }
    }

    private static long[] measure(final PayloadSigner signer, final int count) throws Exception
    {
        final long[] latenciesNs = new long[count];
        for (int i = 0; i < count; i++)
        {
            final long startNs = System.nanoTime();
            signer.sign();
            latenciesNs[i] = System.nanoTime() - startNs;
        }
        return latenciesNs;
    }

    private static void write(final long... latenciesNs) throws IOException
    {
        say(MeasuringProcess.LATENCIES + latenciesNs.length);
        final ByteBuffer bytes =
            ByteBuffer.allocate(latenciesNs.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(latenciesNs);
        final OutputStream out = System.out;
        out.write(bytes.array());
        out.flush();
    }
}
