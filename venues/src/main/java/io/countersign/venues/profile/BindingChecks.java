package io.countersign.venues.profile;

import io.countersign.venues.Binding;
import io.countersign.venues.profile.Part.RequestPiece;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds a class of binding that claims more than what is signed holds.
 */
final class BindingChecks
{
    private final ProfileOperation operation;
    private final ProfileProblems problems;
    private final List<Part> signed = new ArrayList<>();

    BindingChecks(final ProfileOperation operation, final ProfileProblems problems)
    {
        this.operation = operation;
        this.problems = problems;
    }

    void check()
    {
        collect(operation.sign());
        final Binding binding = operation.binding();
        if (RequestMethod.MESSAGE == operation.method() || Binding.E == binding)
        {
            return;
        }
        want(Binding.A == binding || Binding.D == binding, signs(RequestPiece.METHOD) || signsMethodText(), "method");
        want(Binding.C != binding, signs(RequestPiece.PATH) || signsPathText(), "path");
        want(Binding.D != binding && FieldsIn.QUERY == operation.fieldsIn(),
            signs(RequestPiece.QUERY) || signs(RequestPiece.MARKED_QUERY) || signsFields(), "query");
        want(Binding.D != binding && null != operation.contentType(),
            signs(RequestPiece.BODY) || signsFields(), "body");
    }

    private void want(final boolean isWanted, final boolean isSigned, final String what)
    {
        problems.addIf(isWanted && !isSigned, operation.at(), operation.operation().configName() + " has binding " +
            operation.binding() + " (" + operation.binding().meaning() + "), and its " + what + " is not signed");
    }

    private void collect(final List<Part> parts)
    {
        for (final Part part : parts)
        {
            signed.add(part);
            if (part instanceof final Part.Hash hash)
            {
                collect(hash.of());
            }
        }
    }

    private boolean signs(final RequestPiece wanted)
    {
        return signed.stream().anyMatch((part) -> part instanceof final Part.Piece piece && wanted == piece.piece());
    }

    private boolean signsFields()
    {
        return signed.stream().anyMatch((part) -> part instanceof Part.Fields);
    }

    private boolean signsMethodText()
    {
        return signed.stream().anyMatch((part) ->
            part instanceof final Part.Text text && text.text().startsWith(operation.method().name()));
    }

    /** Some venues sign the path with a prefix that the request lacks, or the other way round. */
    private boolean signsPathText()
    {
        if (!operation.path().stream().allMatch((part) -> part instanceof Part.Text))
        {
            return false;
        }
        final String path = operation.path().stream()
            .map((part) -> ((Part.Text) part).text()).collect(Collectors.joining());
        return signed.stream().anyMatch((part) -> part instanceof final Part.Text text &&
            text.text().startsWith("/") && text.text().length() > 1 &&
            (text.text().endsWith(path) || path.endsWith(text.text())));
    }
}
