package io.countersign.venues.profile;

import io.countersign.venues.profile.TextRule.Place;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds what is wrong with the fields of an operation.
 */
final class FieldChecks
{
    private static final Pattern FORM_NAME = Pattern.compile("[A-Za-z0-9._~-]{1,64}");
    private static final Pattern JSON_NAME = Pattern.compile("[ !#-\\[\\]-~]{1,64}");
    private static final Pattern FIX_NAME = Pattern.compile("[1-9][0-9]{0,5}");
    private static final List<String> FIX_FRAME = List.of("8", "9", "10");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?");
    private static final Pattern BOOLEAN = Pattern.compile("true|false");

    private final Profile profile;
    private final ProfileOperation operation;
    private final ProfileProblems problems;
    private final List<ProfileField> seen = new ArrayList<>();

    FieldChecks(final Profile profile, final ProfileOperation operation, final ProfileProblems problems)
    {
        this.profile = profile;
        this.operation = operation;
        this.problems = problems;
    }

    void check()
    {
        operation.fields().forEach(this::field);
        if (FieldsIn.FIX == operation.fieldsIn())
        {
            problems.addIf(operation.fields().isEmpty() || !"35".equals(operation.fields().getFirst().name()) ||
                operation.isSorted(), operation.at(), "a FIX message begins with the field 35, and is not sorted");
        }
        else
        {
            signatureIsLast();
        }
    }

    private void field(final ProfileField field)
    {
        name(field);
        for (final ProfileField other : seen)
        {
            problems.addIf(other.name().equals(field.name()) && (other.onlyFor() & field.onlyFor()) != 0, field.at(),
                "field '" + field.name() + "' stands twice for one order type; expected different 'only-for'");
        }
        seen.add(field);
        if (FieldsIn.JSON == operation.fieldsIn())
        {
            json(field);
        }
        if (null != field.constant())
        {
            problems.addIf(!PlaceText.canStand(field.constant(), place()), field.at(), "field '" + field.name() +
                "' has a value that cannot stand in " + operation.fieldsIn().configName());
        }
        if (null != field.value())
        {
            problems.addIf((field.requiredFor() & ~field.onlyFor()) != 0, field.at(), "field '" + field.name() +
                "' is required for an order type that is not in 'only-for'");
            new ValueChecks(profile, operation, problems).check(field.at(), field.value(), place());
        }
    }

    private Place place()
    {
        return switch (operation.fieldsIn())
        {
            case JSON, NONE -> Place.JSON;
            case FIX -> Place.FIX;
            default -> operation.isPercent() ? Place.PERCENT : Place.RAW;
        };
    }

    private void name(final ProfileField field)
    {
        final boolean isName = switch (operation.fieldsIn())
        {
            case JSON, NONE -> JSON_NAME.matcher(field.name()).matches();
            case FIX -> FIX_NAME.matcher(field.name()).matches() && !FIX_FRAME.contains(field.name());
            default -> FORM_NAME.matcher(field.name()).matches();
        };
        problems.addIf(!isName, field.at(), "'" + field.name() + "' is no name of a field in " +
            operation.fieldsIn().configName());
    }

    /** Without quotes nothing may stand that could be anything but one number or truth value. */
    private void json(final ProfileField field)
    {
        if (field.json().isQuoted())
        {
            return;
        }
        final Pattern pattern = field.json().isNumber() ? NUMBER : BOOLEAN;
        final boolean fits;
        if (null != field.constant())
        {
            fits = pattern.matcher(field.constant()).matches();
        }
        else if (null == field.value())
        {
            fits = false;
        }
        else
        {
            fits = switch (field.value().source().kind())
            {
                case CODE -> field.value().words().values().stream()
                    .allMatch((word) -> pattern.matcher(word).matches());
                case DECIMAL, NUMBER -> field.json().isNumber();
                case GATEWAY -> field.json().isNumber() && ValueChecks.isNumber(profile, field.value());
                default -> false;
            };
        }
        problems.addIf(!fits, field.at(), "field '" + field.name() + "' may be something else than a JSON " +
            (field.json().isNumber() ? "number" : "boolean") + "; expected a string");
    }

    /** What is signed ends before the signature; a field behind it would be sent unsigned. */
    private void signatureIsLast()
    {
        final boolean signsOutput = operation.sign().stream().anyMatch((part) ->
            part instanceof final Part.Piece piece && switch (piece.piece())
            {
                case QUERY, MARKED_QUERY -> FieldsIn.QUERY == operation.fieldsIn();
                case BODY -> FieldsIn.FORM == operation.fieldsIn();
                default -> false;
            });
        boolean isBehind = false;
        for (final ProfileField field : signsOutput ? operation.fields() : List.<ProfileField>of())
        {
            problems.addIf(isBehind && !field.needsSignature(), field.at(), "field '" + field.name() +
                "' stands behind the signature; expected it before, or it is not signed");
            isBehind |= field.needsSignature();
        }
        problems.addIf(isBehind && operation.isSorted(), operation.at(),
            "sorted fields may stand behind the signature; expected them in the order that is signed");
    }
}
