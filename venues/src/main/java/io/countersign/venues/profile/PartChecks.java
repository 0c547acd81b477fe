package io.countersign.venues.profile;

import io.countersign.venues.profile.Part.RequestPiece;
import io.countersign.venues.profile.TextRule.Place;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds what is wrong with the parts of an operation: with its path, its headers, its message and what it signs.
 */
final class PartChecks
{
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");
    private static final Pattern PATH_TEXT = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@/%-]*");

    private final Profile profile;
    private final ProfileOperation operation;
    private final ProfileProblems problems;

    PartChecks(final Profile profile, final ProfileOperation operation, final ProfileProblems problems)
    {
        this.profile = profile;
        this.operation = operation;
        this.problems = problems;
    }

    void check()
    {
        parts(operation.path(), Place.PATH, false);
        parts(operation.sign(), Place.SIGNED, false);
        for (final ProfileHeader header : operation.headers())
        {
            problems.addIf(!HEADER_NAME.matcher(header.name()).matches(), header.at(),
                "'" + header.name() + "' is no name of a header");
            parts(header.parts(), Place.HEADER, true);
        }
        if (null != operation.message())
        {
            parts(operation.message(), Place.JSON, true);
        }
        for (final ProfileField field : operation.fields())
        {
            if (null != field.parts())
            {
                parts(field.parts(), FieldsIn.JSON == operation.fieldsIn() ? Place.JSON :
                    FieldsIn.FIX == operation.fieldsIn() ? Place.FIX : Place.PERCENT, true);
                problems.addIf(operation.fieldsIn().isForm(), field.at(), "field '" + field.name() +
                    "' is made of parts; expected that in json or fix only");
            }
        }
        path();
    }

    private void path()
    {
        if (operation.path().isEmpty())
        {
            return;
        }
        final Part first = operation.path().getFirst();
        final boolean begins = first instanceof final Part.Text text ? text.text().startsWith("/") :
            first instanceof final Part.Value value && !value.value().words().isEmpty() &&
            value.value().words().values().stream().allMatch((word) -> word.startsWith("/"));
        problems.addIf(!begins, first.at(), "the path does not begin with a slash");
    }

    private void parts(final List<Part> parts, final Place place, final boolean maySign)
    {
        for (final Part part : parts)
        {
            switch (part)
            {
                case final Part.Text text -> text(text, place);
                case final Part.Value value ->
                {
                    problems.addIf(value.value().needsSignature() && !maySign, value.at(),
                        "the signature cannot stand in what is signed, nor in a path");
                    new ValueChecks(profile, operation, problems).check(value.at(), value.value(), place);
                }
                case final Part.Piece piece -> piece(piece, place);
                case final Part.Fields fields -> fields(fields, place);
                case final Part.Hash hash -> hash(hash, place);
            }
        }
    }

    private void text(final Part.Text text, final Place place)
    {
        final boolean canStand = switch (place)
        {
            case PATH -> PATH_TEXT.matcher(text.text()).matches();
            case SIGNED -> true;
            default -> PlaceText.canStand(text.text(), place);
        };
        problems.addIf(!canStand, text.at(), "this text cannot stand here");
    }

    private void piece(final Part.Piece piece, final Place place)
    {
        final boolean isWhole = switch (piece.piece())
        {
            case METHOD, HOST -> true;
            case PATH -> Place.PATH != place;
            case QUERY, MARKED_QUERY -> Place.SIGNED == place;
            case CONTENT_TYPE -> Place.SIGNED == place || Place.HEADER == place;
            case BODY -> Place.SIGNED == place;
        };
        problems.addIf(!isWhole, piece.at(), "this piece of the request cannot stand here");
        problems.addIf(RequestPiece.BODY == piece.piece() && isBodyWaiting(), piece.at(),
            "the body holds the signature; expected {fields: form} or other parts that are known before it");
    }

    private boolean isBodyWaiting()
    {
        if (null != operation.message())
        {
            return operation.message().stream().anyMatch((part) ->
                part instanceof final Part.Value value && value.value().needsSignature() ||
                part instanceof final Part.Fields fields && hasSignatureField());
        }
        return FieldsIn.FIX == operation.fieldsIn() ||
            FieldsIn.JSON == operation.fieldsIn() && hasSignatureField();
    }

    private boolean hasSignatureField()
    {
        return operation.fields().stream().anyMatch(ProfileField::needsSignature);
    }

    private void fields(final Part.Fields fields, final Place place)
    {
        problems.addIf(Place.SIGNED != place && Place.JSON != place, fields.at(), "fields cannot stand here");
        problems.addIf(Place.JSON == place && (null != fields.as() && FieldsIn.JSON != fields.as() ||
            FieldsIn.JSON != operation.fieldsIn()), fields.at(), "a message takes fields as json only");
        problems.addIf(FieldsIn.NONE == operation.fieldsIn(), fields.at(), "the operation has no fields");
        if (null == fields.as() || fields.as() == operation.fieldsIn())
        {
            return;
        }
        final Place inside = FieldsIn.JSON == fields.as() ? Place.JSON :
            FieldsIn.FIX == fields.as() ? Place.FIX : fields.isPercent() ? Place.PERCENT : Place.RAW;
        for (final ProfileField field : operation.fields())
        {
            final boolean canStand = null == field.constant() || PlaceText.canStand(field.constant(), inside);
            problems.addIf(!canStand, fields.at(), "field '" + field.name() +
                "' has a value that cannot stand in the form that is signed");
            if (null != field.value())
            {
                new ValueChecks(profile, operation, problems).check(field.at(), field.value(), inside);
            }
        }
    }

    private void hash(final Part.Hash hash, final Place place)
    {
        problems.addIf(Part.DigestText.RAW == hash.as() && Place.SIGNED != place, hash.at(),
            "a raw digest can stand in what is signed only; expected 'as: hex' or base64");
        problems.addIf(Place.PATH == place, hash.at(), "a hash cannot stand in a path");
        problems.addIf(hash.of().stream().anyMatch((part) -> part instanceof Part.Hash), hash.at(),
            "a hash of hashes; expected 'of' without another hash");
        parts(hash.of(), Place.SIGNED, false);
    }
}
