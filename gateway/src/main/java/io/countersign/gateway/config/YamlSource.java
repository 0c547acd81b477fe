package io.countersign.gateway.config;

import io.countersign.venues.profile.Position;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.scanner.StreamReader;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One YAML text with its name, which turns every complaint about it into {@code file:line:column: what}.
 */
final class YamlSource
{
    /** A policy needs 9; the composer calls itself for each level and would overflow the stack. */
    private static final int MAX_DEPTH = 16;

    private final Path file;
    private final String text;
    private Optional<Mark> reached = Optional.empty();

    YamlSource(final Path file, final String text)
    {
        this.file = file;
        this.text = text;
    }

    /** Stops at the first mistake. */
    YamlMapping root(final String name, final String expected) throws ConfigException
    {
        final Problems problems = new Problems();
        final YamlMapping root = root(name, expected, problems);
        problems.throwAny();
        return root;
    }

    /** Null when the text is no mapping, which is noted. */
    YamlMapping root(final String name, final String expected, final Problems problems)
    {
        final int before = problems.count();
        final Node root = problems.attempt(null, () -> root(expected, problems));
        return before == problems.count() ? YamlMapping.of(this, root, name, problems) : null;
    }

    ConfigException error(final Node node, final String what)
    {
        return at(node.getStartMark(), what);
    }

    Path directory()
    {
        return file.toAbsolutePath().getParent();
    }

    private Node root(final String expected, final Problems problems) throws ConfigException
    {
        final LoadSettings settings = LoadSettings.builder()
            .setLabel(file.toString())
            .setMaxAliasesForCollections(0)
            .setAllowNonScalarKeys(true)
            .setCodePointLimit(1 << 20)
            .build();
        try
        {
            checkCharacters();
            final int before = problems.count();
            checkEvents(new Parse(settings).parseString(text), problems);
            if (before != problems.count())
            {
                return null;
            }
            final Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty())
            {
                throw new ConfigException(file, 1, 1, "is empty; expected a mapping with " + expected);
            }
            return root.get();
        }
        catch (final MarkedYamlEngineException ex)
        {
            throw notYaml(ex.getProblemMark().or(ex::getContextMark), ex.getProblem());
        }
        catch (final YamlEngineException ex)
        {
            throw notYaml(reached, ex.getMessage());
        }
        catch (final StackOverflowError ex)
        {
            // The parser calls itself for each level.
            throw tooDeep(reached);
        }
    }

    /** The parser tells of these without saying in which line. */
    private void checkCharacters() throws ConfigException
    {
        int index = 0;
        while (index < text.length())
        {
            final int character = text.codePointAt(index);
            if (!StreamReader.isPrintable(character))
            {
                throw TextPosition.of(text, index).error(file, "not YAML: the character " +
                    "U+%04X stands here; expected printable text".formatted(character));
            }
            index += Character.charCount(character);
        }
    }

    Position position(final Node node)
    {
        final Optional<Mark> mark = node.getStartMark();
        return new Position(
            file.toString(), mark.map(Mark::getLine).orElse(0) + 1, mark.map(Mark::getColumn).orElse(0) + 1);
    }

    private void checkEvents(final Iterable<Event> events, final Problems problems) throws ConfigException
    {
        int depth = 0;
        final Set<Anchor> collections = new HashSet<>();
        for (final Event event : events)
        {
            reached = event.getStartMark();
            switch (event.getEventId())
            {
                case SequenceStart, MappingStart ->
                {
                    depth++;
                    ((NodeEvent) event).getAnchor().ifPresent(collections::add);
                }
                case SequenceEnd, MappingEnd -> depth--;
                case Scalar -> ((NodeEvent) event).getAnchor().ifPresent(collections::remove);
                case Alias ->
                {
                    final Anchor anchor = ((AliasEvent) event).getAlias();
                    if (collections.contains(anchor))
                    {
                        problems.add(at(event.getStartMark(), "*" + anchor + " stands for a mapping or a list that " +
                            "is written elsewhere; expected it written out here"));
                    }
                }
                default ->
                {
                    // Nothing goes deeper.
                }
            }
            if (depth > MAX_DEPTH)
            {
                throw tooDeep(event.getStartMark());
            }
        }
    }

    private ConfigException tooDeep(final Optional<Mark> mark)
    {
        return at(mark, "is nested too deep; expected no more than " + MAX_DEPTH + " levels");
    }

    private ConfigException notYaml(final Optional<Mark> mark, final String problem)
    {
        final String what = null == problem ? "unreadable" : problem.replaceAll("\\s+", " ").strip();
        return at(mark, "not YAML: " + what + (what.contains("expected") ? "" : "; expected a YAML text"));
    }

    private ConfigException at(final Optional<Mark> mark, final String what)
    {
        return new ConfigException(
            file, 1 + mark.map(Mark::getLine).orElse(0), 1 + mark.map(Mark::getColumn).orElse(0), what);
    }
}
