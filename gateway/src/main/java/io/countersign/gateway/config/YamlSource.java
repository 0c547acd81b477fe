package io.countersign.gateway.config;

import io.countersign.venues.profile.Position;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One YAML text with its name, which turns every complaint about it into {@code file:line:column: what}.
 */
final class YamlSource
{
    /** A policy needs 9; the composer calls itself for each level and would overflow the stack. */
    private static final int MAX_DEPTH = 16;

    private final Path file;
    private final String text;

    YamlSource(final Path file, final String text)
    {
        this.file = file;
        this.text = text;
    }

    YamlMapping root(final String name, final String expected) throws ConfigException
    {
        final LoadSettings settings = LoadSettings.builder()
            .setLabel(file.toString())
            .setMaxAliasesForCollections(0)
            .setAllowNonScalarKeys(true)
            .setCodePointLimit(1 << 20)
            .build();
        try
        {
            checkDepth(new Parse(settings).parseString(text));
            final Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty())
            {
                throw new ConfigException(file + ":1:1: is empty; expected a mapping with " + expected);
            }
            return YamlMapping.of(this, root.get(), name);
        }
        catch (final MarkedYamlEngineException ex)
        {
            throw new ConfigException(at(ex.getProblemMark()) + "not YAML: " + oneLine(ex.getProblem()));
        }
        catch (final YamlEngineException ex)
        {
            throw new ConfigException(file + ": not YAML: " + oneLine(ex.getMessage()));
        }
        catch (final StackOverflowError ex)
        {
            // The parser calls itself for each level.
            throw new ConfigException(file + ": is nested too deep; expected no more than " + MAX_DEPTH + " levels");
        }
    }

    ConfigException error(final Node node, final String what)
    {
        return new ConfigException(at(node.getStartMark()) + what);
    }

    Position position(final Node node)
    {
        final Optional<Mark> mark = node.getStartMark();
        return new Position(
            file.toString(), mark.map(Mark::getLine).orElse(0) + 1, mark.map(Mark::getColumn).orElse(0) + 1);
    }

    Path directory()
    {
        return file.toAbsolutePath().getParent();
    }

    private void checkDepth(final Iterable<Event> events) throws ConfigException
    {
        int depth = 0;
        for (final Event event : events)
        {
            switch (event.getEventId())
            {
                case SequenceStart, MappingStart -> depth++;
                case SequenceEnd, MappingEnd -> depth--;
                default ->
                {
                    // Nothing goes deeper.
                }
            }
            if (depth > MAX_DEPTH)
            {
                throw new ConfigException(at(event.getStartMark()) + "nested more than " + MAX_DEPTH + " deep");
            }
        }
    }

    private String at(final Optional<Mark> mark)
    {
        return mark
            .map((m) -> file + ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1) + ": ")
            .orElse(file + ": ");
    }

    private static String oneLine(final String message)
    {
        return null == message ? "unreadable" : message.replaceAll("\\s+", " ").strip();
    }
}
