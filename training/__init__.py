"""Make the model of the package: read marked text, train, quantise, export and measure."""
