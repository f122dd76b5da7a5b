package io.jenkins.plugins.amirefresh.runner.interpreter;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Turns a program into bytes and back, as Jenkins does at every suspension. */
final class ProgramStore {
    private final PipelineRuntime runtime;
    private final ClassLoader loader;

    ProgramStore(PipelineRuntime runtime, ClassLoader loader) {
        this.runtime = runtime;
        this.loader = loader;
    }

    /** The program's bytes; fails if a local variable or anything else it holds cannot be saved. */
    byte[] write(Program program) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new Writer(bytes)) {
            out.writeObject(program);
        }
        return bytes.toByteArray();
    }

    /** The program in those bytes, connected to this runtime. */
    Program read(byte[] bytes) throws IOException {
        try (ObjectInputStream in = new Reader(new ByteArrayInputStream(bytes))) {
            return (Program) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException("the saved program needs a class that is gone: " + e.getMessage(), e);
        }
    }

    /** Stands for the runtime, which is never saved. */
    private enum Here implements Serializable {
        RUNTIME
    }

    private static final class Writer extends ObjectOutputStream {
        Writer(OutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected @Nullable Object replaceObject(@Nullable Object value) {
            return value instanceof PipelineRuntime ? Here.RUNTIME : value;
        }
    }

    private final class Reader extends ObjectInputStream {
        Reader(InputStream in) throws IOException {
            super(in);
            enableResolveObject(true);
        }

        @Override
        protected @Nullable Object resolveObject(@Nullable Object value) {
            return value == Here.RUNTIME ? runtime : value;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description);
            }
        }
    }
}
