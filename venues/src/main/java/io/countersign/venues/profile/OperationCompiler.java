package io.countersign.venues.profile;

import io.countersign.codecs.wire.CancelRestriction;
import io.countersign.venues.NonceRule;
import io.countersign.venues.profile.Part.RequestPiece;
import io.countersign.venues.profile.TextRule.Place;
import io.countersign.venues.text.LiteralTable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Turns an operation of a profile, which {@link ProfileChecks} found good, into its programs. What stands in an output
 * behind the signature is written to the tail, piece by piece, and put in its place by the finish program.
 */
final class OperationCompiler
{
    private static final short NULL_CODE = CancelRestriction.NULL_VAL.value();
    private static final String SOH = "\u0001";

    private final ProgramWriter build = new ProgramWriter();
    private final ProgramWriter finish = new ProgramWriter();
    private final Profile profile;
    private final ProfileOperation operation;
    private int output;
    private int pieces;
    private boolean isBehindSignature;

    OperationCompiler(final Profile profile, final ProfileOperation operation)
    {
        this.profile = profile;
        this.operation = operation;
    }

    OperationPlan compile()
    {
        begin(Opcode.PATH);
        parts(operation.path(), Place.PATH);
        if (FieldsIn.QUERY == operation.fieldsIn())
        {
            begin(Opcode.QUERY);
            fields(operation.fieldsIn(), operation.isPercent(), true);
            end();
        }
        body();
        final int signed = stringToSign();
        headers();
        return new OperationPlan(
            operation.operation().code(),
            operation.method().wireCode(),
            new OrderRulesCompiler(profile.receiveWindow()).compile(operation),
            build.program(),
            finish.finishProgram(),
            signed);
    }

    private void body()
    {
        if (FieldsIn.FIX == operation.fieldsIn())
        {
            // Its length stands at its head, so that all of it waits for the signature.
            output = Opcode.SCRATCH;
            wait(Opcode.SCRATCH);
            fields(FieldsIn.FIX, false, true);
            end();
            finish.emit(Opcode.FIX_FRAME, finish.constant("8=" + operation.beginString() + SOH + "9="));
            return;
        }
        begin(Opcode.BODY);
        if (null != operation.message())
        {
            parts(operation.message(), Place.JSON);
        }
        else if (FieldsIn.FORM == operation.fieldsIn() || FieldsIn.JSON == operation.fieldsIn())
        {
            fields(operation.fieldsIn(), operation.isPercent(), true);
        }
        end();
    }

    /** Returns the number of the writer that holds what is signed. */
    private int stringToSign()
    {
        if (1 == operation.sign().size() && operation.sign().getFirst() instanceof final Part.Piece piece)
        {
            if (RequestPiece.QUERY == piece.piece())
            {
                return Opcode.QUERY;
            }
            if (RequestPiece.BODY == piece.piece())
            {
                return Opcode.BODY;
            }
        }
        begin(Opcode.STRING_TO_SIGN);
        parts(operation.sign(), Place.SIGNED);
        return Opcode.STRING_TO_SIGN;
    }

    private void headers()
    {
        begin(Opcode.HEADERS);
        for (final ProfileHeader header : operation.headers())
        {
            final String start = header.name() + ": ";
            if (header.parts().stream().anyMatch(OperationCompiler::needsSignature))
            {
                build.literal(start);
                parts(header.parts(), Place.HEADER);
                build.literal("\n");
            }
            else
            {
                build.emit(Opcode.HEADER, build.constant(start));
                parts(header.parts(), Place.HEADER);
                build.emit(Opcode.HEADER_END, 0);
            }
        }
        if (null != operation.contentType() &&
            operation.headers().stream().noneMatch((header) -> "content-type".equalsIgnoreCase(header.name())))
        {
            build.emit(Opcode.IF_BODY, build.constant("Content-Type: " + operation.contentType() + "\n"));
        }
        end();
    }

    private void begin(final int writer)
    {
        output = writer;
        isBehindSignature = false;
        build.emit(Opcode.OUT, writer);
    }

    private void end()
    {
        if (isBehindSignature)
        {
            build.emit(Opcode.MARK, 0);
            finish.emit(Opcode.PIECE, pieces++);
            isBehindSignature = false;
        }
    }

    private void wait(final int writer)
    {
        isBehindSignature = true;
        finish.emit(Opcode.OUT, writer);
        build.emit(Opcode.OUT, Opcode.TAIL);
    }

    private void signature(final FieldSource source, final Place place)
    {
        if (isBehindSignature)
        {
            build.emit(Opcode.MARK, 0);
            finish.emit(Opcode.PIECE, pieces++);
        }
        else
        {
            wait(output);
        }
        if (FieldSource.SIGNATURE == source)
        {
            finish.emit(Opcode.SIGNATURE, Place.PERCENT == place || Place.RAW == place ? 1 : 0);
        }
        else
        {
            finish.emit(Opcode.SIGNATURE_LENGTH, 0);
        }
    }

    private void parts(final List<Part> parts, final Place place)
    {
        for (final Part part : parts)
        {
            switch (part)
            {
                case final Part.Text text -> build.literal(text.text());
                case final Part.Piece piece -> piece(piece.piece());
                case final Part.Value value -> value(value.value(), place);
                case final Part.Fields fields when null == fields.as() ->
                    fields(operation.fieldsIn(), operation.isPercent(), Place.JSON == place);
                case final Part.Fields fields -> fields(fields.as(), fields.isPercent(), Place.JSON == place);
                case final Part.Hash hash ->
                {
                    build.emit(Opcode.HASH, 0);
                    parts(hash.of(), Place.SIGNED);
                    build.emit(Opcode.HASH_END, hash.algorithm().length(), hash.as().ordinal(), 0);
                }
            }
        }
    }

    private void piece(final RequestPiece piece)
    {
        switch (piece)
        {
            case METHOD -> build.literal(operation.method().name());
            case HOST -> build.literal(profile.hosts().getFirst());
            case PATH -> build.emit(Opcode.COPY, Opcode.PATH);
            case QUERY -> build.emit(Opcode.COPY, Opcode.QUERY);
            case MARKED_QUERY -> build.emit(Opcode.MARKED_QUERY, 0);
            case BODY -> build.emit(Opcode.COPY, Opcode.BODY);
            default ->
            {
                if (null != operation.contentType())
                {
                    build.emit(Opcode.IF_BODY, build.constant(operation.contentType()));
                }
            }
        }
    }

    private void fields(final FieldsIn as, final boolean isPercent, final boolean withSignature)
    {
        final Place place = switch (as)
        {
            case JSON -> Place.JSON;
            case FIX -> Place.FIX;
            default -> isPercent ? Place.PERCENT : Place.RAW;
        };
        build.literal(FieldsIn.JSON == as ? "{" : "");
        build.emit(Opcode.FIRST, 0);
        for (final ProfileField field : inOrder())
        {
            if (withSignature || !field.needsSignature())
            {
                field(field, as, place);
            }
        }
        build.literal(FieldsIn.JSON == as ? "}" : FieldsIn.FIX == as ? SOH : "");
    }

    private List<ProfileField> inOrder()
    {
        return operation.isSorted() ?
            operation.fields().stream().sorted(Comparator.comparing(ProfileField::name)).toList() : operation.fields();
    }

    private void field(final ProfileField field, final FieldsIn as, final Place place)
    {
        if (field.needsSignature() && !isBehindSignature)
        {
            // Its name waits too: what is signed ends before it.
            wait(output);
        }
        final int ifType = OrderTypes.ALL == field.onlyFor() ?
            -1 : build.emit(Opcode.IF_TYPE, field.onlyFor(), 0, 0);
        final int ifPresent = null != field.value() && isOptional(field) ? field.value().source().bit() : 0;

        final boolean isQuoted = FieldsIn.JSON == as && field.json().isQuoted();
        final boolean isList = FieldsIn.JSON == as && field.json().isList();
        final String start = switch (as)
        {
            case JSON -> ",\"" + field.name() + "\":" + (isList ? "[" : "") + (isQuoted ? "\"" : "");
            case FIX -> SOH + field.name() + "=";
            default -> "&" + field.name() + "=";
        };
        final String end = (isQuoted ? "\"" : "") + (isList ? "]" : "");
        if (null != field.constant())
        {
            build.emit(Opcode.FIELD, build.constant(start + PlaceText.encoded(field.constant(), place) + end));
            land(ifType);
            return;
        }
        final int name = build.emit(Opcode.FIELD, build.constant(start), ifPresent, 0);
        if (null != field.value())
        {
            value(field.value(), place);
        }
        else
        {
            parts(field.parts(), place);
        }
        build.literal(end);

        land(ifType);
        build.land(name);
    }

    private void land(final int jump)
    {
        if (jump >= 0)
        {
            build.land(jump);
        }
    }

    private boolean isOptional(final ProfileField field)
    {
        final FieldSource source = field.value().source();
        final boolean hasDefault = FieldSource.RECEIVE_WINDOW == source && profile.receiveWindow().defaultMs() > 0;
        return source.isOfOrder() && !field.isRequired() && !hasDefault;
    }

    private void value(final FieldValue value, final Place place)
    {
        final int source = value.source().ordinal();
        switch (value.source().kind())
        {
            case TEXT -> build.emit(Opcode.TEXT, source,
                build.rule(new TextRule(place, value.characters(), value.maxLength())), 0);
            case CODE -> build.emit(Opcode.CODE, source, build.table(table(value, place)), 0);
            case DECIMAL -> build.emit(Opcode.DECIMAL, source, value.maxDecimals(),
                (value.strips() ? Opcode.STRIPS : 0) | (value.negativeSell() ? Opcode.NEGATIVE_SELL : 0));
            case NUMBER -> number(value.source());
            case GATEWAY -> given(value, place);
            default -> signature(value.source(), place);
        }
    }

    private void number(final FieldSource source)
    {
        if (FieldSource.RECEIVE_WINDOW == source)
        {
            build.emit(Opcode.WINDOW, source.ordinal(), profile.receiveWindow().defaultMs(), 0);
        }
        else
        {
            build.emit(Opcode.NUMBER, source.ordinal());
        }
    }

    private void given(final FieldValue value, final Place place)
    {
        final int source = value.source().ordinal();
        switch (value.source())
        {
            case TIMESTAMP ->
                build.emit(Opcode.TIME, source, value.time().ordinal(), Math.toIntExact(value.plusMs()));
            case NONCE -> build.emit(NonceRule.Kind.UUID == profile.nonce().kind() ?
                Opcode.NONCE_UUID : Opcode.NONCE_NUMBER, source);
            case REQUEST_ID -> build.emit(Opcode.REQUEST_ID, source);
            case API_KEY -> build.emit(Opcode.API_KEY, source, configured(place), 0);
            case PASSPHRASE -> build.emit(Opcode.PASSPHRASE, source, configured(place), 0);
            default -> build.emit(Opcode.PARAMETER, source, configured(place), value.parameter());
        }
    }

    private int configured(final Place place)
    {
        return build.rule(new TextRule(place, TextRule.PRINTABLE, FieldValue.ANY_LENGTH + 2));
    }

    private static LiteralTable table(final FieldValue value, final Place place)
    {
        LiteralTable table = LiteralTable.of(NULL_CODE);
        for (final Map.Entry<String, String> word : value.words().entrySet())
        {
            table = table.with(
                value.source().words().get(word.getKey()), PlaceText.encoded(word.getValue(), place));
        }
        return table;
    }

    private static boolean needsSignature(final Part part)
    {
        return part instanceof final Part.Value value && value.value().needsSignature();
    }
}
