package io.countersign.gateway.config;

import io.countersign.venues.profile.FieldValue;
import io.countersign.venues.profile.FieldsIn;
import io.countersign.venues.profile.HashAlgorithm;
import io.countersign.venues.profile.Part;
import io.countersign.venues.profile.Part.DigestText;
import io.countersign.venues.profile.Part.RequestPiece;
import io.countersign.venues.profile.Position;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads lists of parts: words that name a piece of the request or a value, texts, hashes.
 */
final class ProfilePartSection
{
    private static final String EXPECTED = "a list of parts, as timestamp, path, {text: \"...\"}";

    private final YamlSource source;
    private final ProfileValueSection values;
    private final Problems problems;

    ProfilePartSection(final YamlSource source, final ProfileValueSection values, final Problems problems)
    {
        this.source = source;
        this.values = values;
        this.problems = problems;
    }

    List<Part> read(final YamlMapping mapping, final String field)
    {
        final List<Part> parts = new ArrayList<>();
        for (final Node item : problems.attempt(List.<Node>of(), () -> mapping.items(field, EXPECTED)))
        {
            problems.check(() -> parts.add(part(item)));
        }
        return parts;
    }

    static String word(final YamlSource source, final Node node) throws ConfigException
    {
        if (node instanceof final ScalarNode scalar && !scalar.getValue().isEmpty())
        {
            return scalar.getValue();
        }
        throw source.error(node, "expected a word");
    }

    private Part part(final Node item) throws ConfigException
    {
        return item instanceof ScalarNode ? named(item) : described(item);
    }

    private Part named(final Node item) throws ConfigException
    {
        final Position at = source.position(item);
        final String name = word(source, item);
        if (name.startsWith("/"))
        {
            return new Part.Text(at, encodable(item, name));
        }
        final RequestPiece piece = switch (name)
        {
            case "method" -> RequestPiece.METHOD;
            case "host" -> RequestPiece.HOST;
            case "path" -> RequestPiece.PATH;
            case "query" -> RequestPiece.QUERY;
            case "?query" -> RequestPiece.MARKED_QUERY;
            case "body" -> RequestPiece.BODY;
            case "content-type" -> RequestPiece.CONTENT_TYPE;
            default -> null;
        };
        if (null != piece)
        {
            return new Part.Piece(at, piece);
        }
        if ("fields".equals(name))
        {
            return new Part.Fields(at, null, true);
        }
        final FieldValue value = values.ofName(name);
        if (null == value)
        {
            throw source.error(item, "'" + name + "' is no part; expected method, host, path, query, ?query, body, " +
                "content-type, fields, the name of a value as timestamp, or {text: \"" + name + "\"}");
        }
        return new Part.Value(at, value);
    }

    private Part described(final Node item) throws ConfigException
    {
        final YamlMapping mapping = YamlMapping.of(source, item, "a part");
        final Position at = source.position(item);
        if (mapping.has("text"))
        {
            mapping.allowOnly("text");
            return new Part.Text(at, encodable(mapping.node("text"), word(source, mapping.node("text"))));
        }
        if (mapping.has("field"))
        {
            return new Part.Value(at, values.read(mapping, "field"));
        }
        if (mapping.has("fields"))
        {
            mapping.allowOnly("fields", "encoding");
            return new Part.Fields(
                at,
                mapping.choice("fields", (name) -> "none".equals(name) ? null : FieldsIn.ofConfigName(name),
                    "query, form, json or fix"),
                !mapping.has("encoding") || !"raw".equals(mapping.choice("encoding",
                    (value) -> "raw".equals(value) || "percent".equals(value) ? value : null, "percent or raw")));
        }
        if (mapping.has("hash"))
        {
            mapping.allowOnly("hash", "as", "of");
            return new Part.Hash(
                at,
                mapping.choice("hash", HashAlgorithm::ofConfigName, "SHA-256, SHA-384 or SHA-512"),
                mapping.choice("as", ProfilePartSection::digestText, "raw, hex or base64"),
                read(mapping, "of"));
        }
        throw source.error(item, "expected a part with 'text', 'field', 'fields' or 'hash'");
    }

    private static DigestText digestText(final String name)
    {
        return switch (name)
        {
            case "raw" -> DigestText.RAW;
            case "hex" -> DigestText.HEX;
            case "base64" -> DigestText.BASE64;
            default -> null;
        };
    }

    private String encodable(final Node node, final String text) throws ConfigException
    {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text))
        {
            throw source.error(node, "this text is no Unicode");
        }
        return text;
    }
}
