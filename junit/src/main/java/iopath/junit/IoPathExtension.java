package iopath.junit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands tests their {@link IoRecorder}; puts the agent into this JVM when the first of them asks. */
public final class IoPathExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(IoPathExtension.class);

    /** Made by JUnit. */
    public IoPathExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == IoRecorder.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(STORE)
                .getOrComputeIfAbsent(IoRecorder.class, key -> IoRecorder.ofThisJvm(), IoRecorder.class);
    }
}
