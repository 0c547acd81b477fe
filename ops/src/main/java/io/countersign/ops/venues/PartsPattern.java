package io.countersign.ops.venues;

import io.countersign.venues.NonceRule;
import io.countersign.venues.profile.FieldSource;
import io.countersign.venues.profile.FieldValue;
import io.countersign.venues.profile.FieldsIn;
import io.countersign.venues.profile.Part;
import io.countersign.venues.profile.Part.RequestPiece;
import io.countersign.venues.profile.Profile;
import io.countersign.venues.profile.ProfileOperation;
import io.countersign.venues.profile.RequestMethod;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What parts of a profile write, as a pattern that tells what stands where in a text that was written so.
 */
final class PartsPattern
{
    /** What was found in a text. */
    record Found(List<Finding> values, String query, String body)
    {
    }

    /** A value and its text. */
    record Finding(FieldValue value, String text)
    {
    }

    private final Profile profile;
    private final ProfileOperation operation;
    private final Map<FieldSource, String> known;
    private final List<Object> groups = new ArrayList<>();
    private final Pattern pattern;

    private PartsPattern(
        final Profile profile,
        final ProfileOperation operation,
        final List<Part> parts,
        final Map<FieldSource, String> known)
    {
        this.profile = profile;
        this.operation = operation;
        this.known = known;
        pattern = Pattern.compile(expression(parts), Pattern.DOTALL);
    }

    /** Of what is signed, where some values are known. */
    static PartsPattern ofSigned(
        final Profile profile, final ProfileOperation operation, final Map<FieldSource, String> known)
    {
        return new PartsPattern(profile, operation, operation.sign(), known);
    }

    /** Of the path. */
    static PartsPattern ofPath(final Profile profile, final ProfileOperation operation)
    {
        return new PartsPattern(profile, operation, operation.path(), Map.of());
    }

    /** Of parts of a field. */
    static PartsPattern of(final Profile profile, final ProfileOperation operation, final List<Part> parts)
    {
        return new PartsPattern(profile, operation, parts, Map.of());
    }

    /** Null when these parts never write the text. */
    Found find(final String text)
    {
        final Matcher matcher = pattern.matcher(text);
        if (!matcher.matches())
        {
            return null;
        }
        final List<Finding> values = new ArrayList<>();
        String query = null;
        String body = null;
        for (int i = 0; i < groups.size(); i++)
        {
            final String group = matcher.group(i + 1);
            if (groups.get(i) instanceof final FieldValue value)
            {
                values.add(new Finding(value, group));
            }
            else if (RequestPiece.QUERY == groups.get(i))
            {
                query = null == group ? "" : group;
            }
            else
            {
                body = group;
            }
        }
        return new Found(values, query, body);
    }

    /** Whether what is signed carries the fields of a request by their names. */
    static boolean carriesFields(final List<Part> sign)
    {
        return sign.stream().anyMatch((part) -> switch (part)
        {
            case final Part.Piece piece -> RequestPiece.QUERY == piece.piece() || RequestPiece.BODY == piece.piece() ||
                RequestPiece.MARKED_QUERY == piece.piece();
            case final Part.Fields ignored -> true;
            case final Part.Hash hash -> carriesFields(hash.of());
            default -> false;
        });
    }

    /** Whether what is signed tells its path: as such, or in so many letters. */
    static boolean carriesPath(final List<Part> sign)
    {
        return sign.stream().anyMatch((part) -> switch (part)
        {
            case final Part.Piece piece -> RequestPiece.PATH == piece.piece();
            case final Part.Text text -> text.text().contains("/");
            case final Part.Hash hash -> carriesPath(hash.of());
            default -> false;
        });
    }

    /** Whether a hash hides what is signed. */
    static boolean isHashed(final List<Part> sign)
    {
        return sign.stream().anyMatch(Part.Hash.class::isInstance);
    }

    private String expression(final List<Part> parts)
    {
        return parts.stream().map(this::expression).collect(Collectors.joining());
    }

    private String expression(final Part part)
    {
        return switch (part)
        {
            case final Part.Text text -> Pattern.quote(text.text());
            case final Part.Value value -> expression(value.value());
            case final Part.Piece piece -> expression(piece.piece());
            case final Part.Fields ignored -> group(RequestPiece.QUERY, ".*");
            case final Part.Hash ignored -> ".+";
        };
    }

    private String expression(final RequestPiece piece)
    {
        return switch (piece)
        {
            case METHOD -> Pattern.quote(operation.method().name());
            case HOST -> Pattern.quote(profile.hosts().getFirst());
            case PATH -> expression(operation.path());
            case QUERY -> FieldsIn.QUERY == operation.fieldsIn() ? group(piece, "[^\\n{]*") : "";
            case MARKED_QUERY -> FieldsIn.QUERY == operation.fieldsIn() ?
                "(?:\\?" + group(RequestPiece.QUERY, "[^\\n{]*") + ")?" : "";
            case BODY -> group(piece, body());
            case CONTENT_TYPE -> null == operation.contentType() ? "" :
                "(?:" + Pattern.quote(operation.contentType()) + ")?";
        };
    }

    private String body()
    {
        return switch (operation.fieldsIn())
        {
            case JSON -> RequestMethod.MESSAGE == operation.method() ? ".*" : "\\{.*";
            case NONE, QUERY -> RequestMethod.MESSAGE == operation.method() ? ".*" : "";
            default -> ".*";
        };
    }

    private String expression(final FieldValue value)
    {
        if (known.containsKey(value.source()))
        {
            return group(value, Pattern.quote(known.get(value.source())));
        }
        if (!value.words().isEmpty())
        {
            // The longest first: one word may begin like another.
            return group(value, value.words().values().stream().distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote).collect(Collectors.joining("|")));
        }
        return group(value, switch (value.source().kind())
        {
            case DECIMAL -> "-?[0-9.]+";
            case NUMBER -> FieldSource.RECEIVE_WINDOW == value.source() ? "[0-9]*" : "[0-9]+";
            case TEXT -> "[^/\\x01\\n]+?";
            default -> switch (value.source())
            {
                case TIMESTAMP -> "[0-9TZ:.-]+";
                case REQUEST_ID -> "[0-9]+";
                case NONCE -> NonceRule.Kind.COUNTER == profile.nonce().kind() ? "[0-9]+" : ".+?";
                default -> ".+?";
            };
        });
    }

    private String group(final Object what, final String expression)
    {
        groups.add(what);
        return "(" + expression + ")";
    }
}
