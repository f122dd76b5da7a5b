# The team's own: knows nothing of buildAmi, and gives its image a name and tags itself.
variable "region" {
  type    = string
  default = "us-east-1"
}

variable "ami_name" {
  type    = string
  default = "golden-shop"
}

variable "tags" {
  type    = map(string)
  default = { "team" : "shop" }
}

variable "source_ami" {
  type    = string
  default = "ami-0aaaaaaaaaaaaaaa1"
}

variable "endpoint" {
  type    = string
  default = ""
}

source "amazon-ebs" "base" {
  ami_name            = var.ami_name
  region              = var.region
  source_ami          = var.source_ami
  instance_type       = "t3.small"
  communicator        = "none"
  custom_endpoint_ec2 = var.endpoint
  tags                = var.tags
}

build {
  name = "golden"

  source "amazon-ebs.base" {
    name = "shop"
  }
}
