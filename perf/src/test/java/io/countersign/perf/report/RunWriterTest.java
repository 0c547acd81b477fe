package io.countersign.perf.report;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.*;

class RunWriterTest
{
    @TempDir
    private static Path temporary;

    private static Path directory;

    @BeforeAll
    static void write() throws IOException
    {
        directory = temporary.resolve("2026-12-01T01-40-00Z");
        RunWriter.write(SyntheticRun.of(), directory);
    }

    @Test
    void shouldLeaveHistogramsThatTheUsualReaderReadsInNanoseconds() throws IOException
    {
        for (final Series series : SyntheticRun.of().series())
        {
            final Path file = directory.resolve(series.id().replace('/', '-') + ".hlog");
            try (HistogramLogReader reader = new HistogramLogReader(file.toFile()))
            {
                final Histogram read = (Histogram) reader.nextIntervalHistogram();
                assertEquals(series.histogram(), read, series.id());
                assertNull(reader.nextIntervalHistogram(), series.id());
            }
            final List<String> lines = Files.readAllLines(file);
            assertFalse(lines.getLast().contains("-"), "no time before the beginning: " + lines.getLast());
        }
    }

    @Test
    void shouldReadBackWhatItWrote() throws IOException
    {
        assertEquals(SyntheticRun.of(), RunReader.read(directory));
    }

    @Test
    void shouldWriteTheSameBytesForTheSameRun() throws IOException
    {
        final Path again = temporary.resolve("again");
        RunWriter.write(SyntheticRun.of(), again);
        final Map<String, String> first = files(directory);
        assertTrue(first.size() > 40, first.keySet().toString());
        assertEquals(first, files(again));
    }

    @Test
    void shouldDrawEachPlotAsSvgAndPng() throws Exception
    {
        for (final String name : List.of("closed-loop-softhsm", "peers-hmac-sha256-softhsm", "stages", "hiccups",
            "open-loop-hmac-sha256-null"))
        {
            final Path svg = directory.resolve("plots/" + name + ".svg");
            final BufferedImage png = ImageIO.read(directory.resolve("plots/" + name + ".png").toFile());
            assertEquals(2 * Plot.WIDTH, png.getWidth());
            assertTrue(colours(png) > 20, name + " has more than its frame");
            assertEquals("svg", DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(svg.toFile()).getDocumentElement().getTagName());
            assertTrue(Files.readString(svg).contains("Example(R) Processor"), name + " says what it was measured on");
        }
    }

    @Test
    void shouldNameTheFileThatIsMissing() throws IOException
    {
        final Path broken = temporary.resolve("broken");
        RunWriter.write(SyntheticRun.small(), broken);
        Files.delete(broken.resolve("hiccup-cpu0.hlog"));
        final NoSuchFileException ex = assertThrows(NoSuchFileException.class, () -> RunReader.read(broken));
        assertTrue(ex.getMessage().endsWith("hiccup-cpu0.hlog"), ex.getMessage());
    }

    @Test
    void shouldNameWhatIsWrongInTheSummary() throws IOException
    {
        final Path broken = temporary.resolve("wrong");
        RunWriter.write(SyntheticRun.small(), broken);
        final Path summary = broken.resolve("summary.json");
        Files.writeString(summary, Files.readString(summary).replaceFirst("HICCUP", "HICCOUGH"));
        final IOException ex = assertThrows(IOException.class, () -> RunReader.read(broken));
        assertTrue(ex.getMessage().contains("summary.json") && ex.getMessage().contains("HICCOUGH"),
            ex.getMessage());
    }

    @Test
    void shouldRefuseTwoSeriesOfOneFile()
    {
        final Run run = SyntheticRun.small();
        final Series series = run.series().getFirst();
        assertThrows(IllegalArgumentException.class,
            () -> new Run(run.conditions(), List.of(series, series), List.of()));
    }

    private static Map<String, String> files(final Path directory) throws IOException
    {
        final Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory))
        {
            for (final Path path : paths.filter(Files::isRegularFile).toList())
            {
                files.put(
                    directory.relativize(path).toString(),
                    new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    private static long colours(final BufferedImage image)
    {
        return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0,
            image.getWidth())).distinct().count();
    }
}
